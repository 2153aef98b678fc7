"""The setting of an artifact store: a folder, or `s3://bucket/prefix?endpoint=…&region=…`."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


class BadSetting(Exception):
    """Somebody has to correct it before anything can be served."""


@dataclass(frozen=True, slots=True)
class S3Place:
    bucket: str
    prefix: str
    endpoint: str | None
    region: str

    def key_of(self, sha256: str) -> str:
        name = f"{sha256[:2]}/{sha256}"
        return f"{self.prefix}/{name}" if self.prefix else name

    def __str__(self) -> str:
        at = f" at {self.endpoint}" if self.endpoint else ""
        return f"s3://{'/'.join(part for part in (self.bucket, self.prefix) if part)}{at}"


def read_artifacts(text: str | None, home: Path) -> Path | S3Place:
    """As src/workers/artifact-settings.ts reads it; nothing set: a folder of the worker's own."""
    if not text:
        return home / "blobs"
    if not text.startswith("s3://"):
        if "://" in text or not text.startswith("/"):
            raise BadSetting(
                f"AUTOLIFT_ARTIFACTS: {text!r} is neither an absolute folder nor s3://bucket/prefix"
            )
        return Path(text)
    parts = urlsplit(text)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = sorted(asked.keys() - {"endpoint", "region"})
    odd = re.search(r"[^\w./-]", parts.netloc + parts.path, re.ASCII)
    if not parts.netloc or odd or unknown:
        raise BadSetting(
            "AUTOLIFT_ARTIFACTS: write s3://bucket/prefix?endpoint=https://host&region=name, without keys: "
            "those come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from ~/.aws"
        )
    named = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
    endpoint = asked.get("endpoint") or next(
        (os.environ[name] for name in named if os.environ.get(name)), None
    )
    if endpoint is not None and not re.fullmatch(r"https?://[^@\s]+", endpoint):
        raise BadSetting(
            "AUTOLIFT_ARTIFACTS: the endpoint (or AWS_ENDPOINT_URL) is no URL: write https://host, no keys"
        )
    region = asked.get("region") or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    return S3Place(parts.netloc, parts.path.strip("/"), endpoint, region or "us-east-1")
