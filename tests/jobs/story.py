"""Run as a process of its own: `python -m tests.jobs.story COMMAND`, on the database TENURE_DATABASE_URL names.

begin    makes the tables, enqueues one long job, works until killed; prints a line when half of it is done
go-on    works until that job is done, then prints it
race     two workers, in threads, for many short jobs; prints how often each job was done
"""

import json
import os
import sys
import threading
import time
from collections import Counter

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tenure.settings"
STEPS = 20


def count(run) -> dict[str, object]:
    """Goes on where an earlier try ended; each step is noted before the next begins."""
    done = run.payload["done"]
    while done < STEPS:
        done += 1
        run.remember({"done": done, "steps": [*run.payload["steps"], [done, os.getpid()]]})
        if done == STEPS // 2 and sys.argv[1] == "begin":
            print("half", flush=True)
            time.sleep(60)  # killed here
    return {"steps": run.payload["steps"]}


def begin() -> None:
    from django.core.management import call_command

    from tenure.jobs.queue import enqueue
    from tenure.jobs.worker import run

    call_command("migrate", verbosity=0)
    enqueue("count", {"done": 0, "steps": []}, key="one")
    run(threading.Event())


def go_on() -> None:
    from tenure.jobs.models import Job
    from tenure.jobs.worker import run

    stop = threading.Event()
    threading.Thread(target=run, args=[stop], daemon=True).start()
    while Job.objects.get().state != "done":
        time.sleep(0.05)
    stop.set()
    print(json.dumps(Job.objects.values("attempts", "result").get()), flush=True)


def race() -> None:
    from django.core.management import call_command
    from django.db import transaction

    from tenure.jobs.kinds import register
    from tenure.jobs.models import Job
    from tenure.jobs.queue import enqueue
    from tenure.jobs.worker import run

    call_command("migrate", verbosity=0)
    done: Counter[int] = Counter()

    def note(run) -> None:
        done[run.job.pk] += 1

    register("note", note, "Note")
    with transaction.atomic():
        for _ in range(60):
            enqueue("note")
    stop = threading.Event()
    threads = [threading.Thread(target=run, args=[stop]) for _ in range(2)]
    for thread in threads:
        thread.start()
    while Job.objects.exclude(state="done").exists():
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    print(json.dumps({"jobs": Job.objects.count(), "done": sorted(done.values())}), flush=True)


if __name__ == "__main__":
    django.setup()
    from tenure.jobs.kinds import register

    register("count", count, "Count")
    {"begin": begin, "go-on": go_on, "race": race}[sys.argv[1]]()
