"""Where the content of attachments is kept: one file for each content, named after it, never changed."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def file_path(folder: Path, sha256: str) -> Path:
    """The place of a content in the folder; raises ValueError for what is no checksum."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"{sha256!r} is no SHA-256.")
    return folder / sha256[:2] / sha256


def keep_file(folder: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Writes a content and waits until it is on the disk; returns its checksum and size in bytes."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    handle, part = tempfile.mkstemp(prefix=".part-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = file_path(folder, digest.hexdigest())
        target.parent.mkdir(exist_ok=True, mode=0o700)
        Path(part).replace(target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def sniff(name: str, start: bytes) -> str:
    """The media type by the first bytes; a name only tells office documents from other archives.

    What could run in a browser (HTML, SVG) is plain text here.
    """
    for mark, media_type in _STARTS:
        if start.startswith(mark):
            suffix = Path(name).suffix.lower()
            return _OFFICE.get(suffix, media_type) if media_type == "application/zip" else media_type
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start and b"\0" not in start and _is_text(start):
        return "text/plain; charset=utf-8"
    return "application/octet-stream"


def _is_text(start: bytes) -> bool:
    try:
        start.decode()
    except UnicodeDecodeError as error:
        return error.start > len(start) - 4  # a character cut at the end
    return True
