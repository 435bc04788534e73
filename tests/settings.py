"""The product's settings on an empty data folder that goes away with the test run.

The database is SQLite. With TEST_DATABASE=postgresql it is a PostgreSQL of this run's own, started here by the process
that pytest's workers come from; they find it by its address.
"""

import atexit
import contextlib
import os
import shutil
import sys
import tempfile

_data = tempfile.mkdtemp(prefix="tenure-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("TENURE_")]:
    del os.environ[_name]
os.environ["TENURE_DATA"] = _data
os.environ.setdefault("TEST_MADE_ONCE", os.path.join(_data, "made-once"))  # noqa: PTH118 — pytest's workers find it, too
# The processes that tests start find compiled what the one before them compiled: else each takes two seconds longer.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

from tenure.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if os.environ.get("TEST_DATABASE") == "postgresql":
    from tests import postgres

    if "TEST_POSTGRESQL_SOCKET" not in os.environ:
        if _reason := postgres.missing():
            raise SystemExit(_reason)
        _running = contextlib.ExitStack()
        _url = _running.enter_context(postgres.cluster())
        atexit.register(_running.close)
        os.environ["TEST_POSTGRESQL_SOCKET"] = _url.partition("host=")[2]
    DATABASES["default"] = {  # noqa: F405
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "tenure",
        "HOST": os.environ["TEST_POSTGRESQL_SOCKET"],
        "TEST": {"NAME": f"test_{os.getpid()}"},
    }
else:
    # A file, as in production: threads have their own connections and wait for each other instead of failing.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_data, "test.sqlite3")}  # noqa: F405, PTH118
