"""Fixed: documents of a folder, a file or an address, as bytes."""

import gzip
import io
import json
import re
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

TEXT = (".txt", ".md", ".rst", ".py", ".jsonl", ".gz", ".zip")
# a long text is cut into documents: its split would else be all or nothing
LONGEST = 1 << 13


def documents(source: str) -> Iterator[bytes]:
    if re.match(r"https?://", source):
        with urllib.request.urlopen(source) as answer:
            yield from unpacked(source.partition("?")[0], answer.read())
        return
    path = Path(source)
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    for file in files:
        if path.is_file() or file.suffix in TEXT:
            yield from unpacked(file.name, file.read_bytes())


def unpacked(name: str, content: bytes) -> Iterator[bytes]:
    if name.endswith(".gz"):
        yield from unpacked(name.removesuffix(".gz"), gzip.decompress(content))
    elif name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in sorted(archive.namelist()):
                yield from unpacked(entry, archive.read(entry))
    elif name.endswith(".jsonl"):
        for line in filter(None, content.splitlines()):
            yield from pieces(json.loads(line)["text"].encode())
    else:
        yield from pieces(content)


def pieces(text: bytes) -> Iterator[bytes]:
    """Cut at the first line break after so many bytes."""
    at = 0
    while at < len(text):
        end = text.find(b"\n", at + LONGEST)
        end = len(text) if end < 0 else end + 1
        yield text[at:end]
        at = end
