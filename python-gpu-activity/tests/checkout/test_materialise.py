import os
import stat
import subprocess
from pathlib import Path

import pytest

from autolift_device.checkout.git_objects import SMALL, Entry, GitObjects
from autolift_device.checkout.large_files import LargeFiles
from autolift_device.checkout.materialise import Checkout, Origin, materialise
from autolift_device.failures import RefusedCheckout
from conftest import Repository


def check_out(repository: Repository, commit: str, prefix: str = "") -> Checkout:
    objects = GitObjects(repository.folder / ".git")
    folder, large = repository.folder.parent / "out", repository.folder.parent / "large"
    folder.mkdir()
    large.mkdir()
    try:
        origins = [Origin(entry, objects) for entry in objects.entries(commit, prefix)]
        return materialise(origins, folder, LargeFiles(large))
    finally:
        objects.close()


def test_files_modes_and_folders_are_those_of_the_commit(repository: Repository) -> None:
    (repository.folder / "run.sh").write_text("#!/bin/sh\n")
    (repository.folder / "run.sh").chmod(0o755)
    commit = repository.commit({"a/b/c.txt": "c", "empty": "", "binary": bytes(range(256)), "späße.txt": "ß"})
    folder = check_out(repository, commit).folder
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found == {
        "a/b/c.txt": b"c",
        "empty": b"",
        "binary": bytes(range(256)),
        "späße.txt": "ß".encode(),
        "run.sh": b"#!/bin/sh\n",
    }
    assert (folder / "run.sh").stat().st_mode & stat.S_IXUSR
    assert not (folder / "a/b/c.txt").stat().st_mode & stat.S_IXUSR


def test_only_what_is_below_the_prefix_is_written(repository: Repository) -> None:
    commit = repository.commit({"examples/sine/train.py": "1", "examples/other/x": "2"})
    assert os.listdir(check_out(repository, commit, "examples/sine").folder) == ["train.py"]


def test_an_older_commit_does_not_show_what_came_later(repository: Repository) -> None:
    commit = repository.commit({"a": "old"})
    repository.commit({"a": "new", "b": "x"})
    folder = check_out(repository, commit).folder
    assert (os.listdir(folder), (folder / "a").read_text()) == (["a"], "old")


def test_a_large_file_comes_whole_and_is_unpacked_once(repository: Repository) -> None:
    content = os.urandom(SMALL + 12345)
    commit = repository.commit({"large.bin": content, "small": "s"})
    checkout = check_out(repository, commit)
    assert (checkout.folder / "large.bin").read_bytes() == content
    assert len(os.listdir(repository.folder.parent / "large")) == 1


def test_hooks_and_filters_of_the_repository_are_not_run(repository: Repository) -> None:
    witness = repository.folder.parent / "witness"
    commit = repository.commit({".gitattributes": "*.txt filter=spy\n", "a.txt": "as it is"})
    repository.git("config", "filter.spy.smudge", f"touch {witness}; echo changed")
    hook = repository.folder / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {witness}\n")
    hook.chmod(0o755)
    assert (check_out(repository, commit).folder / "a.txt").read_text() == "as it is"
    assert not witness.exists()


def test_links_are_made_only_where_they_stay_inside(repository: Repository, tmp_path: Path) -> None:
    (repository.folder / "a/b").mkdir(parents=True)
    links = {
        "inside": "a/b/file",
        "outside": "../secret",
        "absolute": str(tmp_path),
        "a/b/up": "../..",
        "chained": "a/b/up/../..",
        "dangling": "a/nothing",
    }
    for name, target in links.items():
        (repository.folder / name).symlink_to(target)
    checkout = check_out(repository, repository.commit({"a/b/file": "x"}))
    made = sorted(str(p.relative_to(checkout.folder)) for p in checkout.folder.rglob("*") if p.is_symlink())
    assert made == ["a/b/up", "dangling", "inside"]
    assert sum("leads out of the checkout" in note for note in checkout.notes) == 3


def test_a_submodule_is_left_out_with_a_note(repository: Repository) -> None:
    head = repository.commit({"a": "1"})
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{head},vendor/lib")
    repository.git("commit", "--quiet", "-m", "submodule")
    checkout = check_out(repository, repository.git("rev-parse", "HEAD"))
    assert checkout.notes == ["submodule vendor/lib left out"]
    assert os.listdir(checkout.folder) == ["a"]


@pytest.mark.parametrize("path", ["../evil", ".git/config", "a/.GIT/hooks/x", "a//b", "./a"])
def test_a_path_that_git_would_never_make_is_refused(repository: Repository, path: str) -> None:
    commit = repository.commit({"a": "1"})
    objects = GitObjects(repository.folder / ".git")
    oid = objects.entries(commit, "")[0].oid
    (repository.folder.parent / "out").mkdir()
    with pytest.raises(RefusedCheckout):
        materialise(
            [Origin(Entry(path, "100644", oid), objects)],
            repository.folder.parent / "out",
            LargeFiles(repository.folder.parent),
        )
    objects.close()


def test_one_git_process_serves_all_reads(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = repository.commit({f"f{index}": str(index) for index in range(20)})
    started = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(a) or popen(*a, **k))
    objects = GitObjects(repository.folder / ".git")
    for _ in range(3):
        assert [objects.small(entry.oid) for entry in objects.entries(commit, "")]
    objects.close()
    assert len(started) == 1
