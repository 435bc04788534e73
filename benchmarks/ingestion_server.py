"""One server of the ingestion benchmark: `python -m benchmarks.ingestion_server KIND PORT`, data in TENURE_DATA.

durable     the receiver with its inbox
unwritten   the same receiver with the write into the inbox left out
plain       FastAPI and pydantic, parsing only
"""

import os
import sys

import uvicorn


def main() -> None:
    kind, port = sys.argv[1], int(sys.argv[2])
    if kind == "plain":
        from benchmarks.plain_fastapi import app
    else:
        app = receiver(kind)
    uvicorn.run(app, port=port, lifespan="off", log_level="error", access_log=False, server_header=False)


def receiver(kind: str):
    os.environ["DJANGO_SETTINGS_MODULE"] = "tenure.settings"
    import django

    django.setup()
    from tenure.config import read
    from tenure.events.inbox.open import open_inbox
    from tenure.events.keys import WriteKeys
    from tenure.events.receive import Receiver, create_app
    from tenure.events.receive.notes import Notes

    class Unwritten(Receiver):
        async def _make_durable(self, wire_format, source_id, request) -> None:
            self._wake()

    class NoNotes(Notes):
        def key_used(self, key_id: int) -> None:
            """Nothing is noted: there is no operational database here."""

    config = read()
    inbox = open_inbox(config)
    keys = WriteKeys(lambda: {"key": (1, 1)})
    # Everything counts as loaded: no backlog stops the senders.
    app = create_app(inbox, config, position=inbox.last_id, wake=lambda: None, keys=keys, notes=NoNotes())
    if kind == "unwritten":
        app.__class__ = Unwritten
    return app


if __name__ == "__main__":
    main()
