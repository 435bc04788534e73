"""The product's settings on an empty data folder that goes away with the test run."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="tenure-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("TENURE_")]:
    del os.environ[_name]
os.environ["TENURE_DATA"] = _data

from tenure.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, as in production: threads have their own connections and wait for each other instead of failing.
DATABASES["default"]["TEST"] = {"NAME": os.path.join(_data, "test.sqlite3")}  # noqa: F405, PTH118
