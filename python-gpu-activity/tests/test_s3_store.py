import hashlib
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from autolift_device import s3_store
from autolift_device.failures import InfrastructureFailure, Stopped
from autolift_device.s3_place import BadSetting, S3Place, read_artifacts
from autolift_device.s3_store import S3Store
from s3_server import BUCKET, KEY, SECRET, S3Server


def never() -> bool:
    return False


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[S3Server]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    opened = S3Server()
    yield opened
    opened.close()


def store(server: S3Server, tmp_path: Path, place: str = f"s3://{BUCKET}/runs") -> S3Store:
    read = read_artifacts(f"{place}?endpoint={server.url}", tmp_path)
    assert isinstance(read, S3Place)
    return S3Store(read, tmp_path / "spool")


def test_what_is_put_lies_in_the_bucket_under_its_hash_once_it_is_sent(
    server: S3Server, tmp_path: Path
) -> None:
    bucket = store(server, tmp_path)
    log = tmp_path / "log"
    log.write_bytes(b"x" * 3_000_000)
    refs = [bucket.put(b"one\n"), bucket.put(log)]
    assert server.objects == {}
    bucket.flush(never)
    assert [ref.bytes for ref in refs if ref] == [4, 3_000_000]
    assert {key: hashlib.sha256(content).hexdigest() for key, content in server.objects.items()} == {
        f"runs/{ref.sha256[:2]}/{ref.sha256}": ref.sha256 for ref in refs if ref
    }
    assert [path for path in (tmp_path / "spool").rglob("*") if path.is_file()] == []
    assert server.refused == []


def test_a_store_that_stumbles_is_tried_again(server: S3Server, tmp_path: Path) -> None:
    bucket = store(server, tmp_path)
    bucket.put(b"one\n")
    server.failures = 4
    bucket.flush(never)
    assert len(server.objects) == 1


@pytest.mark.parametrize(
    ("key", "secret", "place", "said"),
    [
        (KEY, "wrong", f"s3://{BUCKET}", "refuses: SignatureDoesNotMatch"),
        ("AKOTHER", SECRET, f"s3://{BUCKET}", "refuses: InvalidAccessKeyId"),
        (KEY, SECRET, "s3://elsewhere", "refuses: NoSuchBucket"),
        ("", "", f"s3://{BUCKET}", "needs keys: AWS_ACCESS_KEY_ID"),
    ],
)
def test_what_no_patience_mends_is_said_at_once(
    server: S3Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    secret: str,
    place: str,
    said: str,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    if not key:
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    bucket = store(server, tmp_path, place)
    bucket.put(b"one\n")
    with pytest.raises(InfrastructureFailure, match=f"the artifact store {place} at .* {said}") as failure:
        bucket.flush(never)
    assert failure.value.kind == "ArtifactStoreFailed"
    assert SECRET not in str(failure.value)


def test_what_could_not_be_sent_goes_with_the_next_attempt(
    server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_store, "PATIENCE", 0.0)
    bucket = store(server, tmp_path)
    first = bucket.put(b"one\n")
    server.failures = 100
    with pytest.raises(InfrastructureFailure, match=r"SlowDown|can't be reached"):
        bucket.flush(never)
    server.failures = 0
    # a worker that was started anew
    again = store(server, tmp_path)
    second = again.put(b"two\n")
    again.flush(never)
    assert first is not None
    assert second is not None
    assert sorted(server.objects.values()) == [b"one\n", b"two\n"]


def test_a_run_that_is_stopped_waits_no_longer(server: S3Server, tmp_path: Path) -> None:
    bucket = store(server, tmp_path)
    bucket.put(b"one\n")
    server.failures = 1000
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    with pytest.raises(Stopped):
        bucket.flush(stop.is_set)


def test_a_store_that_takes_and_gives_back_is_fit(server: S3Server, tmp_path: Path) -> None:
    store(server, tmp_path).check(never)
    store(server, tmp_path).check(never)
    assert list(server.objects.values()) == [b"autolift was here\n"]
    assert not (tmp_path / "spool").exists()


def test_a_store_that_stumbles_when_it_is_checked_is_told_of_once_and_tried_again(
    server: S3Server, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOLIFT_HOST", "zeta")
    caplog.set_level(logging.INFO, "autolift_device")
    server.failures = 2
    store(server, tmp_path).check(never)
    [said] = [entry.message for entry in caplog.records if entry.name == "autolift_device"]
    assert said.startswith(f"trying for up to 40 s: the artifact store s3://{BUCKET}/runs at {server.url} ")
    assert said.endswith("(from zeta)")


def test_a_store_that_stays_away_is_not_fit(
    server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_store, "PATIENCE", 0.0)
    monkeypatch.setenv("AUTOLIFT_HOST", "zeta")
    bucket = store(server, tmp_path)
    server.close()
    with pytest.raises(InfrastructureFailure, match=r"can't be reached: .* \(from zeta\)$"):
        bucket.check(never)


def test_a_bucket_that_only_takes_is_not_fit(
    server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_store, "PATIENCE", 0.0)
    monkeypatch.setattr(server, "objects", Forgetful())
    with pytest.raises(InfrastructureFailure, match="NoSuchKey"):
        store(server, tmp_path).check(never)


class Forgetful(dict[str, bytes]):
    def __setitem__(self, key: str, value: bytes) -> None:
        pass


@pytest.mark.parametrize("endpoint", ["minio:9000", "ftp://minio", "https://key:secret@minio"])
def test_an_endpoint_that_is_no_url_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    with pytest.raises(BadSetting, match="is no URL: write https") as refusal:
        read_artifacts(f"s3://logs?endpoint={endpoint}", tmp_path)
    assert "secret" not in str(refusal.value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    with pytest.raises(BadSetting, match="AWS_ENDPOINT_URL"):
        read_artifacts("s3://logs", tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "s3://",
        "s3://a:b@bucket",
        "s3://bucket/odd+folder",
        "s3://bucket?key=x",
        "blobs",
        "https://bucket/x",
        "gs://bucket",
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="AUTOLIFT_ARTIFACTS"):
        read_artifacts(text, tmp_path)


def test_a_folder_or_nothing_is_a_folder(tmp_path: Path) -> None:
    assert read_artifacts(None, tmp_path) == tmp_path / "blobs"
    assert read_artifacts("/mnt/logs", tmp_path) == Path("/mnt/logs")


def test_what_a_run_may_need_elsewhere_is_there_at_once_and_comes_back_whole_or_not_at_all(
    server: S3Server, tmp_path: Path
) -> None:
    here, elsewhere = store(server, tmp_path / "one"), store(server, tmp_path / "two")
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_bytes(b"weights" * 1000)
    blob = here.put_now(checkpoint, "application/octet-stream")
    assert blob is not None
    back = tmp_path / "back"
    assert elsewhere.copy_to(blob, back)
    assert back.read_bytes() == checkpoint.read_bytes()
    (key,) = server.objects
    server.objects[key] = b"weightz" * 1000
    assert not elsewhere.copy_to(blob, tmp_path / "forged")
    assert not (tmp_path / "forged").exists()
    here.remove(blob)
    assert server.objects == {}
    assert not elsewhere.copy_to(blob, back)


def test_a_bucket_that_takes_nothing_is_told_of_and_not_waited_for(
    server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_bytes(b"weights")
    with pytest.raises(OSError, match="SignatureDoesNotMatch"):
        store(server, tmp_path).put_now(checkpoint, "application/octet-stream")
