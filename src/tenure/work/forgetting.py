"""Contents of files that no follow-up has any more are deleted at night."""

from datetime import timedelta
from typing import Final

from django.conf import settings

from tenure.jobs.run import Run
from tenure.lib import clock
from tenure.work.models import Attachment

JOB: Final = "forget_files"
KEPT_FOR: Final = timedelta(days=1)


def forget_files(run: Run) -> None:
    """Of those written a day ago and before: one that is being attached has no row yet."""
    before = (clock.now() - KEPT_FOR).timestamp()
    written = [path for path in settings.CONFIG.files_path.glob("??/*") if path.stat().st_mtime < before]
    named = set(Attachment.objects.values_list("sha256", flat=True))
    for path in written:
        if path.name not in named:
            path.unlink(missing_ok=True)
