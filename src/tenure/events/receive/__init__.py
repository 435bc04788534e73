"""Receiving events: from a request's first byte to the answer, which is given only when the body is durable."""

from tenure.events.receive.app import Receiver, create_app

__all__ = ["Receiver", "create_app"]
