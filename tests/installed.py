"""The `tenure` command as it is installed: without what only the tests bring along."""

import sys

#: PyArrow and structlog import these wherever they find them, which is half of the time a command takes to start.
NOT_INSTALLED = ("pandas", "numpy", "rich")
_RUN = f"""
import sys
sys.modules.update(dict.fromkeys({NOT_INSTALLED!r}))  # None: importing it says that there is none
from tenure.cli.main import main
sys.exit(main())
"""
TENURE = [sys.executable, "-c", _RUN]
