"""The content-addressed store in a bucket: written here first, then sent, so that nothing hangs on a line."""

import contextlib
import hashlib
import importlib
import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .blobs import BlobStore, is_intact, ref_of
from .contract import BlobRef
from .failures import InfrastructureFailure, Stopped
from .host_name import host_name
from .s3_place import S3Place

# A run that used up its own time still has a minute, and its report has to fit in it too.
PATIENCE = 40.0
_FIRST_PAUSE = 0.5
_TRACE = b"autolift was here\n"
_log = logging.getLogger("autolift_device")
_HOPELESS = ("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket", "ExpiredToken")


class S3Store:
    """As BlobStore, with a spool for what is not yet sent."""

    def __init__(self, place: S3Place, spool: Path) -> None:
        self.place = place
        self.spool = BlobStore(spool)
        self._client: Any = None

    def put(self, content: bytes | Path, media_type: str = "text/plain") -> BlobRef | None:
        return self.spool.put(content, media_type)

    def put_now(self, content: Path, media_type: str) -> BlobRef | None:
        """Past the spool, in one attempt: what a run may need elsewhere is of no use here."""
        blob = ref_of(content, media_type)
        if blob is not None:
            try:
                self._upload(content, blob.sha256, media_type)
            except _Unsent as failure:
                raise OSError(f"the artifact store {self.place} {failure}") from None
        return blob

    def copy_to(self, blob: BlobRef, target: Path) -> bool:
        """OSError where the bucket can't be asked."""
        try:
            found = self._connected().get_object(Bucket=self.place.bucket, Key=self.place.key_of(blob.sha256))
            with target.open("wb") as copy:
                shutil.copyfileobj(found["Body"], copy, 1 << 20)
        except Exception as error:
            failure = _unsent(error)
            if failure.code == "NoSuchKey":
                return False
            raise OSError(f"the artifact store {self.place} {failure}") from None
        return is_intact(blob, target)

    def remove(self, blob: BlobRef) -> None:
        """As far as these keys may: what stays is left to the bucket's own rules."""
        with contextlib.suppress(Exception):
            self._connected().delete_object(Bucket=self.place.bucket, Key=self.place.key_of(blob.sha256))

    def flush(self, stopped: Callable[[], bool]) -> None:
        """Sends all that is in the spool. Tries for a while; what could not be sent stays and goes later."""

        def send_all() -> None:
            for path in sorted(self.spool.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f]*")):
                self._send(path)

        self._patiently(send_all, stopped)

    def check(self, stopped: Callable[[], bool]) -> None:
        """Writes a few bytes and reads them back; they stay, since its keys need not allow more."""

        def wait(failure: str) -> None:
            _log.info("trying for up to %.0f s: %s", PATIENCE, failure)

        self._patiently(self._write_and_read, stopped, wait)

    def _patiently(
        self,
        attempt: Callable[[], None],
        stopped: Callable[[], bool],
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """What fails is told once, and tried until it is hopeless or late."""
        begin, pause = time.monotonic(), _FIRST_PAUSE
        while True:
            try:
                return attempt()
            except _Unsent as failure:
                message = f"the artifact store {self.place} {failure} (from {host_name()})"
                late = time.monotonic() + pause > begin + PATIENCE
                if failure.hopeless or late:
                    raise InfrastructureFailure("ArtifactStoreFailed", message) from None
            if stopped():
                raise Stopped
            if pause == _FIRST_PAUSE:
                tell(message)
            time.sleep(pause)
            pause = min(pause * 2, 8.0)

    def _write_and_read(self) -> None:
        key = self.place.key_of(hashlib.sha256(_TRACE).hexdigest())
        try:
            self._connected().put_object(
                Bucket=self.place.bucket, Key=key, Body=_TRACE, ContentType="text/plain"
            )
            found = self._connected().get_object(Bucket=self.place.bucket, Key=key)["Body"].read()
        except Exception as error:
            raise _unsent(error) from error
        if found != _TRACE:
            raise _Unsent("gives back other bytes than were written", True)

    def _send(self, path: Path) -> None:
        try:
            self._upload(path, path.name, "text/plain")
        except FileNotFoundError:
            # another run of this worker has sent it
            return
        with contextlib.suppress(FileNotFoundError):
            path.unlink()

    def _upload(self, path: Path, sha256: str, media_type: str) -> None:
        with path.open("rb") as file:
            try:
                self._connected().put_object(
                    Bucket=self.place.bucket,
                    Key=self.place.key_of(sha256),
                    Body=file,
                    ContentType=media_type,
                )
            except Exception as error:
                raise _unsent(error) from error

    def _connected(self) -> Any:
        if self._client is None:
            boto3, config = importlib.import_module("boto3"), importlib.import_module("botocore.config")
            self._client = boto3.session.Session().client(
                "s3",
                region_name=self.place.region,
                endpoint_url=self.place.endpoint,
                config=config.Config(
                    connect_timeout=10,
                    read_timeout=30,
                    # the loop above is more patient, and can be stopped
                    retries={"mode": "standard", "max_attempts": 1},
                    # what servers that are merely compatible don't know
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                    s3={
                        "addressing_style": "path" if self.place.endpoint else "auto",
                        "payload_signing_enabled": True,
                    },
                ),
            )
        return self._client


class _Unsent(Exception):
    def __init__(self, message: str, hopeless: bool, code: str = "") -> None:
        super().__init__(message)
        self.hopeless = hopeless
        self.code = code


def _unsent(error: Exception) -> _Unsent:
    """Of boto3's many errors: what a person can do about it."""
    response: Any = getattr(error, "response", None)
    said = " ".join(str(error).split())[:300]
    code = response["Error"].get("Code", "") if isinstance(response, dict) and "Error" in response else ""
    if code:
        return _Unsent(f"refuses: {code}, {said}", code in _HOPELESS or code == "403", code)
    if isinstance(error, ModuleNotFoundError):
        return _Unsent("needs boto3: install autolift-device[s3]", True)
    if type(error).__name__ in ("NoCredentialsError", "PartialCredentialsError", "ProfileNotFound"):
        return _Unsent(f"needs keys: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws ({said})", True)
    return _Unsent(f"can't be reached: {said}", False)
