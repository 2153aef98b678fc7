import base64
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autolift_device.checkout import remote_copy
from autolift_device.checkout.remote_url import own_header, without_secrets
from autolift_device.checkout.repositories import Repositories, common_git_dir, local_git_dir
from autolift_device.failures import InfrastructureFailure, RefusedRequest
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
    repositories = Repositories(tmp_path / "git")
    # a URL is fetched from, a path is read in place
    remote = f"file://{repository.folder}"
    assert local_git_dir(remote) is None
    for _ in range(2):
        objects, entries = repositories.entries(remote, (commit, "task"), never)
        assert [entry.path for entry in entries] == ["train.py"]
        assert objects.small(entries[0].oid) == b"1"
    later = repository.commit({"task/train.py": "2"})
    assert repositories.entries(remote, (later, "task"), never)
    repositories.close()


def test_a_server_that_gives_no_hashes_away_is_asked_for_its_refs(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old-protocol"
    old.write_text("[protocol]\n\tversion = 0\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(old))
    first = repository.commit({"a": "1"})
    repository.commit({"a": "2"})
    remote = f"file://{repository.folder}"
    repositories = Repositories(tmp_path / "git")
    objects, entries = repositories.entries(remote, (first, ""), never)
    assert objects.small(entries[0].oid) == b"1"
    with pytest.raises(InfrastructureFailure, match=r"has no commit 1{40}: it was never pushed") as failure:
        repositories.entries(remote, ("1" * 40, ""), never)
    assert failure.value.kind == "GitObjectMissing"
    repositories.close()


def test_two_workers_of_one_home_fetch_beside_each_other(repository: Repository, tmp_path: Path) -> None:
    commits = [repository.commit({"a": str(number)}) for number in range(6)]
    workers = [Repositories(tmp_path / "git") for _ in range(2)]

    def fetch(number: int) -> bytes | None:
        found, entries = workers[number % 2].entries(
            f"file://{repository.folder}", (commits[number], ""), never
        )
        return found.small(entries[0].oid)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(fetch, range(6))) == [str(number).encode() for number in range(6)]
    for worker in workers:
        worker.close()


def test_the_copy_is_bounded_and_what_was_thrown_away_comes_back(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_copy, "KEPT", 2)
    monkeypatch.setattr(remote_copy, "_MOST", 4)
    # a day has passed since anything was used
    monkeypatch.setattr(remote_copy, "_DAY", -60.0)
    repositories = Repositories(tmp_path / "git")
    remote = f"file://{repository.folder}"
    commits = [repository.commit({"a": str(number)}) for number in range(5)]
    for commit in commits:
        repositories.entries(remote, (commit, ""), never)
    (copy,) = (tmp_path / "git").glob("*.git")
    held = subprocess.run(
        ["git", f"--git-dir={copy}", "for-each-ref", "--format=%(objectname)"], capture_output=True, text=True
    )
    assert sorted(held.stdout.split()) == sorted(commits[-2:])
    objects, entries = repositories.entries(remote, (commits[0], ""), never)
    assert objects.small(entries[0].oid) == b"0"
    repositories.close()


def test_a_copy_that_nothing_was_fetched_into_for_a_month_goes(
    repository: Repository, tmp_path: Path
) -> None:
    commit = repository.commit({"a": "1"})
    repositories = Repositories(tmp_path / "git")
    repositories.entries(f"file://{repository.folder}", (commit, ""), never)
    repositories.close()
    (copy,) = (tmp_path / "git").glob("*.git")
    Repositories(tmp_path / "git")
    assert copy.exists()
    os.utime(copy / "HEAD", (0, 0))
    Repositories(tmp_path / "git")
    assert not copy.exists()


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


def test_a_remote_that_cannot_be_fetched_from_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOLIFT_HOST", "zeta")
    repositories = Repositories(tmp_path / "git")
    for remote, why in (
        ("file:///nowhere/at/all", "has no such repository"),
        ("https://127.0.0.1:1/x.git", "can't be reached"),
    ):
        with pytest.raises(InfrastructureFailure, match=f"{remote} {why} .from zeta: ."):
            repositories.entries(remote, ("0" * 40, ""), never)


def test_ssh_is_asked_as_the_user_has_set_it_up(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = repository.commit({"a": "1"})
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    repositories = Repositories(tmp_path / "git")
    for remote in (f"git@host:{repository.folder}", f"ssh://git@host{repository.folder}"):
        assert repositories.entries(remote, (commit, ""), never)
    repositories.close()


@pytest.mark.parametrize(
    "remote",
    [
        "--upload-pack=touch x",
        "ext::sh -c x",
        "ssh://-oProxyCommand=x/y",
        "host:-x",
        "git://h/x",
        "relative/path",
    ],
)
def test_what_git_could_take_for_an_option_or_a_command_is_refused(remote: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedRequest, match="is no address of a git repository"):
        Repositories(tmp_path / "git").entries(remote, ("0" * 40, ""), never)


def test_a_password_opens_the_remote_and_is_shown_nowhere() -> None:
    own = "https://ada:s3cr%40t@example.org/t.git"
    header = own_header("https://example.org/t.git", own)
    assert header == "Authorization: Basic " + base64.b64encode(b"ada:s3cr@t").decode()
    assert own_header("https://example.org/other.git", own) is None
    assert without_secrets(f"unable to access '{own}'") == "unable to access 'https://example.org/t.git'"


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
