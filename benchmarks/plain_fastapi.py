"""A reference for ingestion: what one writes first. FastAPI and pydantic parse the batch and keep nothing."""

import gzip
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request
from pydantic import BaseModel, Field


class Call(BaseModel):
    """What every Segment call has."""

    messageId: str | None = None  # noqa: N815
    userId: str | None = None  # noqa: N815
    anonymousId: str | None = None  # noqa: N815
    timestamp: datetime | None = None
    context: dict[str, Any] = {}


class Track(Call):
    type: Literal["track"]
    event: str
    properties: dict[str, Any] = {}


class Identify(Call):
    type: Literal["identify"]
    traits: dict[str, Any] = {}


class Batch(BaseModel):
    batch: list[Annotated[Track | Identify, Field(discriminator="type")]]
    sentAt: datetime | None = None  # noqa: N815


app = FastAPI()


@app.post("/v1/batch")
async def take_batch(request: Request) -> dict[str, bool]:
    body = await request.body()
    if request.headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    Batch.model_validate_json(body)
    return {"success": True}
