"""What a run calls a checkpoint is read with care: it may be anything."""

from pathlib import Path

import pytest

from autolift_device.blobs import BlobStore
from autolift_device.contract import BlobRef, CheckpointRule, RunRequest
from autolift_device.training import checkpoint_keeper
from autolift_device.training.checkpoint_keeper import CheckpointKeeper
from autolift_device.training.monitor import Monitor
from conftest import Repository, eventually, request_for


class Place:
    """A run's checkout, and the store beside it."""

    def __init__(self, folder: Path, repository: Repository) -> None:
        self.checkout, self.store = folder / "checkout", folder / "blobs"
        for made in (self.checkout / "ckpt", self.store, folder / "scratch"):
            made.mkdir(parents=True)
        request = RunRequest.model_validate(request_for(repository, "b" * 40, "true"))
        rule = CheckpointRule(path="ckpt", everySeconds=0.01, maxBytes=1 << 20)
        self.keeper = CheckpointKeeper(request, rule, BlobStore(self.store), folder / "scratch" / "copy")
        self.monitor = Monitor(None, 60)

    def name(self, path: str, step: int = 1) -> None:
        self.monitor.hear(f"PROGRESS step={step} checkpoint={path}\n".encode(), 1)

    def write(self, content: bytes) -> None:
        """As a careful run does it: whole, or not at all."""
        (self.checkout / "partial").write_bytes(content)
        (self.checkout / "partial").rename(self.checkout / "ckpt" / "last.pt")

    @property
    def stored(self) -> list[bytes]:
        files = [path for path in self.store.rglob("*") if path.is_file()]
        return sorted(path.read_bytes().partition(b"\n")[2] for path in files)


@pytest.fixture
def place(tmp_path: Path, repository: Repository) -> Place:
    return Place(tmp_path, repository)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("ckpt/link.pt", "is a link"),
        ("ckpt/way/passwd", "is a link"),
        ("other.pt", "not what run.checkpoint names"),
        ("../ckpt/1.pt", "not what run.checkpoint names"),
        ("ckpt/../../scratch", "not a path inside"),
        ("ckpt/large.pt", "at most"),
        ("ckpt/none.pt", "was not written"),
        ("ckpt", "not a regular file"),
        ("ckpt/\0a", "NUL byte"),
        ("other\0\x1b[2J.pt", "other.pt is not what run.checkpoint names"),
        ("ckpt/" + 300 * "a", "cannot be read"),
    ],
)
def test_what_is_no_checkpoint_is_not_stored(place: Place, path: str, said: str) -> None:
    (place.checkout / "ckpt" / "link.pt").symlink_to("/etc/passwd")
    (place.checkout / "ckpt" / "way").symlink_to("/etc")
    (place.checkout / "ckpt" / "large.pt").write_bytes(bytes(2 << 20))
    (place.checkout / "other.pt").write_bytes(b"x")
    with place.keeper.keeping(place.monitor, place.checkout, 0):
        place.name(path)
        eventually(lambda: bool(place.keeper.notes))
    assert said in place.keeper.notes[0]
    assert (place.keeper.newest, place.stored) == (None, [])


@pytest.mark.parametrize("broken", [ValueError("odd"), RuntimeError("odd"), AssertionError("odd")])
def test_one_that_cant_be_stored_is_noted_and_the_next_is_stored(
    place: Place, monkeypatch: pytest.MonkeyPatch, broken: Exception
) -> None:
    def fails(*_: object) -> None:
        raise broken

    with place.keeper.keeping(place.monitor, place.checkout, 0):
        with monkeypatch.context() as now:
            now.setattr(checkpoint_keeper, "store", fails)
            place.write(b"1")
            place.name("ckpt/last.pt", 1)
            eventually(lambda: place.keeper.notes == ["checkpoint not kept: odd"])
        place.name("ckpt/\0a", 2)
        eventually(lambda: len(place.keeper.notes) == 2)
        place.write(b"3")
        place.name("ckpt/last.pt", 3)
        eventually(lambda: place.stored == [b"3"])
    assert not any("\0" in note for note in place.keeper.notes)


def test_one_name_for_all_of_them_will_do_and_old_ones_go(place: Place) -> None:
    with place.keeper.keeping(place.monitor, place.checkout, 10):
        for step in range(1, 6):
            place.write(b"%d" % step)
            place.name("ckpt/last.pt", step)
            eventually(lambda step=step: place.keeper.newest is not None and place.keeper.newest.step == step)
    assert place.keeper.newest is not None
    assert place.keeper.newest.seconds >= 10
    eventually(lambda: place.stored == [b"4", b"5"])
    assert len(place.keeper.all_stored()) == 2


def test_those_of_earlier_attempts_go_with_the_first_that_replace_them(place: Place, tmp_path: Path) -> None:
    def earlier(content: bytes) -> BlobRef:
        (tmp_path / "earlier").write_bytes(b"owner\n" + content)
        blob = BlobStore(place.store).put(tmp_path / "earlier")
        assert blob is not None
        return blob

    place.keeper.stored = [earlier(b"1"), earlier(b"2")]
    with place.keeper.keeping(place.monitor, place.checkout, 10):
        for step, left in ((3, [b"2", b"3"]), (4, [b"3", b"4"])):
            place.write(b"%d" % step)
            place.name("ckpt/last.pt", step)
            eventually(lambda left=left: place.stored == left)


def test_what_is_stored_again_is_not_removed_as_an_older_one(place: Place) -> None:
    with place.keeper.keeping(place.monitor, place.checkout, 10):
        for step, content in enumerate((b"a", b"b", b"a"), 1):
            place.write(content)
            place.name("ckpt/last.pt", step)
            eventually(lambda step=step: place.keeper.newest is not None and place.keeper.newest.step == step)
        newest = place.keeper.newest
    assert newest is not None
    assert [one.sha256 for one in place.keeper.all_stored()][-1] == newest.blob.sha256
    assert place.stored == [b"a", b"b"]


def test_the_same_file_is_stored_once(place: Place) -> None:
    with place.keeper.keeping(place.monitor, place.checkout, 0):
        place.write(b"same")
        place.name("ckpt/last.pt", 1)
        eventually(lambda: place.keeper.newest is not None)
        first = place.keeper.newest
        place.name("ckpt/last.pt", 2)
        place.write(b"other")
        place.name("ckpt/last.pt", 3)
        eventually(lambda: place.keeper.newest is not first)
    assert place.keeper.newest is not None
    assert (place.keeper.newest.step, place.stored) == (3, [b"other", b"same"])


def test_a_second_worker_of_an_equal_run_removes_its_own_alone(place: Place, repository: Repository) -> None:
    beside = Place(place.checkout.parent / "beside", repository)
    for one in (place, beside):
        with one.keeper.keeping(one.monitor, one.checkout, 0):
            one.write(b"equal")
            one.name("ckpt/last.pt")
            eventually(lambda one=one: one.keeper.newest is not None)
    assert place.keeper.newest is not None
    assert beside.keeper.newest is not None
    assert place.keeper.newest.blob.sha256 != beside.keeper.newest.blob.sha256
