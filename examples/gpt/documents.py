"""Fixed: documents of a folder, a file or an address, as bytes."""

import gzip
import http.client
import io
import json
import re
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

TEXT = (".txt", ".md", ".rst", ".py", ".jsonl", ".gz", ".zip")
# a long text is cut into documents: its split would else be all or nothing
LONGEST = 1 << 13


class BadText(Exception):
    """What is wrong, where, and what to do about it."""


def documents(source: str) -> Iterator[bytes]:
    if re.match(r"https?://", source):
        yield from unpacked(source.partition("?")[0], _fetched(source))
        return
    path = Path(source)
    if not path.exists():
        raise BadText(f"{source} is not there: give --from a folder, a file or an address that is")
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    for file in files:
        if path.is_file() or file.suffix in TEXT:
            yield from unpacked(str(file), file.read_bytes())


def _fetched(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.read()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise BadText(
            f"{address} can't be fetched ({error}): try again, or name a file that you fetched"
        ) from None


def unpacked(name: str, content: bytes) -> Iterator[bytes]:
    if name.endswith(".gz"):
        try:
            plain = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise BadText(f"{name} is no whole gzip file ({error}): repair it, or take it away") from None
        yield from unpacked(name.removesuffix(".gz"), plain)
    elif name.endswith(".zip"):
        for entry, plain in _entries(name, content):
            yield from unpacked(f"{name}/{entry}", plain)
    elif name.endswith(".jsonl"):
        for number, line in enumerate(content.splitlines(), 1):
            if line:
                yield from pieces(_text_of(line, f"{name}, line {number}"))
    else:
        yield from pieces(content)


def _entries(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [(entry, archive.read(entry)) for entry in sorted(archive.namelist())]
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise BadText(f"{name} can't be unpacked ({error}): repair it, or take it away") from None
    yield from entries


def _text_of(line: bytes, where: str) -> bytes:
    try:
        return json.loads(line)["text"].encode()
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadText(f'{where} is not {{"text": "some text"}}: correct it, or take it away') from None


def pieces(text: bytes) -> Iterator[bytes]:
    """Cut at the first line break after so many bytes."""
    at = 0
    while at < len(text):
        end = text.find(b"\n", at + LONGEST)
        end = len(text) if end < 0 else end + 1
        yield text[at:end]
        at = end
