from pathlib import Path

import pytest

from autolift_device.checkout.repositories import Repositories, common_git_dir, local_git_dir
from autolift_device.failures import InfrastructureFailure
from conftest import Repository


def never() -> bool:
    return False


def test_a_commit_made_after_the_reader_started_is_found(repository: Repository, tmp_path: Path) -> None:
    repositories = Repositories(tmp_path / "git")
    first = repository.commit({"a": "1"})
    second = repository.commit({"b": "2"})
    for commit, expected in ((first, ["a"]), (second, ["a", "b"])):
        _, entries = repositories.entries(str(repository.folder), (commit, ""), never)
        assert [entry.path for entry in entries] == expected
    third = repository.commit({"c": "3"})
    assert len(repositories.entries(str(repository.folder), (third, ""), never)[1]) == 3
    repositories.close()


def test_a_commit_is_fetched_by_its_hash_from_a_remote(repository: Repository, tmp_path: Path) -> None:
    commit = repository.commit({"task/train.py": "1"})
    repository.git("update-ref", "refs/autolift/t/1", commit)
    repositories = Repositories(tmp_path / "git")
    # A URL, so that the path is not used directly.
    remote = f"file://localhost{repository.folder}"
    assert local_git_dir(remote) is None
    for _ in range(2):
        objects, entries = repositories.entries(remote, (commit, "task"), never)
        assert [entry.path for entry in entries] == ["train.py"]
        assert objects.small(entries[0].oid) == b"1"
    later = repository.commit({"task/train.py": "2"})
    assert repositories.entries(remote, (later, "task"), never)
    repositories.close()


@pytest.mark.parametrize(
    ("change", "kind"),
    [({"commit": "0" * 40}, "GitObjectMissing"), ({"remote": "/nowhere"}, "GitRepositoryMissing")],
)
def test_what_is_not_there_is_worth_another_attempt(
    repository: Repository, tmp_path: Path, change: dict[str, str], kind: str
) -> None:
    commit = repository.commit({"a": "1"})
    repositories = Repositories(tmp_path / "git")
    with pytest.raises(InfrastructureFailure) as failure:
        repositories.entries(
            change.get("remote", str(repository.folder)), (change.get("commit", commit), ""), never
        )
    assert failure.value.kind == kind
    assert repositories.entries(str(repository.folder), (commit, ""), never)
    repositories.close()


def test_a_remote_that_cannot_be_fetched_from_says_why(tmp_path: Path) -> None:
    repositories = Repositories(tmp_path / "git")
    with pytest.raises(InfrastructureFailure, match="nowhere"):
        repositories.entries("file://localhost/nowhere/at/all", ("0" * 40, ""), never)


def test_a_repository_is_found_by_folder_git_directory_and_linked_worktree(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({"a": "1"})
    repository.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    git = repository.folder / ".git"
    for path in (repository.folder, git, tmp_path / "linked"):
        found = local_git_dir(str(path))
        assert found is not None
        assert common_git_dir(found) == git
