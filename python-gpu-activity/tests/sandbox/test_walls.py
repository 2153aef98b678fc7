"""What bubblewrap keeps a candidate from: each test is an attempt that must come to nothing."""

import os
import socket
import sys
import sysconfig
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from autolift_device.host import Host
from conftest import BWRAP, Change, Repository, Run, needs_bwrap, opened_host, request_for

pytestmark = needs_bwrap
SECRET = "the-hidden-answer"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    yield from opened_host(tmp_path, BWRAP)


@pytest.fixture
def walled(measure: Run, repository: Repository) -> Run:
    """Runs a shell command as the candidate of an otherwise empty task."""

    def run(command: str, change: Change | None = None) -> str:
        commit = repository.commit({})
        report = measure(request_for(repository, commit, command, change))
        assert report.sandbox == "bwrap"
        return report.tail

    return run


def test_nothing_but_its_own_folders_can_be_written(walled: Run, host: Host) -> None:
    home = Path.home()
    targets = [
        "/etc/evil",
        "/usr/evil",
        "/evil",
        "/run/evil",
        "/proc/sys/vm/swappiness",
        f"{sys.prefix}/evil",
    ]
    targets += [f"{home}/evil", f"{home}/.ssh/evil", f"{host.blobs.folder}/evil"]
    found = walled("\n".join(f"(echo 60 > {path}) 2>/dev/null && echo wrote {path}" for path in targets))
    assert "wrote" not in found
    walled(f"mkdir -p {host.scratch}; echo 60 > {host.scratch}/evil")
    assert not (host.scratch / "evil").exists()


def test_what_the_kernel_counts_for_all_cannot_be_read(walled: Run) -> None:
    names = ("vmstat", "locks", "zoneinfo", "buddyinfo", "key-users")
    found = walled("; ".join(f'[ "$(cat /proc/{name} 2>/dev/null)" ] && echo read {name}' for name in names))
    assert "read" not in found


def test_what_is_written_to_folders_of_its_own_is_not_written_to_the_host(walled: Run) -> None:
    name = f"evil-{os.urandom(4).hex()}"
    walled(f"for d in /tmp /dev /dev/shm; do echo x > $d/{name}; done")
    assert not any(Path(folder, name).exists() for folder in ("/tmp", "/dev", "/dev/shm"))


def test_its_own_folders_can_be_written_and_vanish(walled: Run, host: Host) -> None:
    command = (
        "for d in . $HOME /tmp $TMPDIR $XDG_CACHE_HOME/x; do mkdir -p $d; echo hi > $d/f && cat $d/f; done"
    )
    assert walled(command).split() == ["hi"] * 5
    assert [name for name in os.listdir(host.scratch) if not name.startswith("objects")] == []


def test_the_workers_folders_and_the_logs_of_others_are_absent(walled: Run, host: Host) -> None:
    (host.blobs.folder / "note").write_text(SECRET)
    (host.scratch / "note").write_text(SECRET)
    found = walled(f"cat {host.blobs.folder}/note {host.scratch}/note; ls {host.scratch}/*")
    assert SECRET not in found


def test_the_repository_and_the_users_copy_of_the_task_are_absent(
    walled: Run, repository: Repository
) -> None:
    (repository.folder / "secret.txt").write_text(SECRET)
    folder = str(repository.folder)
    found = walled(f"cat {folder}/secret.txt; git -C {folder} log; ls -A {folder}", {"taskFolder": folder})
    assert SECRET not in found
    assert ".git" not in found.replace("not a git repository", "").split()


def test_a_task_in_a_subfolder_hides_that_folder_history_and_keys(
    measure: Run, host: Host, repository: Repository
) -> None:
    commit = repository.commit({"examples/sine/hidden.txt": SECRET, "examples/sine/train.py": ""})
    (repository.folder / ".env").write_text(SECRET)
    folder = repository.folder / "examples/sine"
    report = measure(
        request_for(
            repository,
            commit,
            f"cat {folder}/hidden.txt {repository.folder}/.env; git -C {repository.folder} show; ls",
            {
                "source": {
                    "remote": f"{repository.folder}/.git",
                    "prefix": "examples/sine",
                    "commit": commit,
                },
                "taskFolder": str(folder),
                "hidden": ["hidden.txt"],
            },
        )
    )
    assert SECRET not in report.tail
    assert report.tail.splitlines()[-1] == "train.py"


def test_a_venv_inside_the_hidden_task_folder_stays_readable(walled: Run, repository: Repository) -> None:
    venv = repository.folder / ".venv/bin"
    venv.mkdir(parents=True)
    (venv / "tool").write_text("#!/bin/sh\necho from the venv\n")
    (venv / "tool").chmod(0o755)
    (repository.folder / ".gitignore").write_text(".venv\n")
    (repository.folder / "notes.txt").write_text(SECRET)
    change = {"taskFolder": str(repository.folder), "run": {"read": [".venv"]}}
    found = walled(f".venv/bin/tool; cat {repository.folder}/notes.txt; echo x > .venv/bin/tool", change)
    assert "from the venv" in found
    assert SECRET not in found
    assert "from the venv" in (venv / "tool").read_text()


def test_data_of_the_users_home_is_linked_into_the_fresh_one(
    walled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "user/.cache/data").mkdir(parents=True)
    (tmp_path / "user/.cache/data/train.bin").write_text("data")
    (tmp_path / "user/.cache/other").write_text(SECRET)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    change = {"run": {"read": ["~/.cache/data"]}}
    assert walled("cat ~/.cache/data/train.bin; echo; ls -A ~/.cache", change).split() == ["data", "data"]


def test_what_the_task_hides_is_hidden_and_the_rest_of_python_is_not(walled: Run) -> None:
    stdlib = sysconfig.get_paths()["stdlib"]
    change = {"run": {"hide": ["{stdlib}/colors*.py", "{stdlib}/colorsys.py", "{stdlib}/wsgiref"]}}
    python = "python3 -c 'import json; print(json.__name__)'"
    command = f"head -c 20 {stdlib}/colorsys.py; ls {stdlib}/wsgiref; {python}"
    found = walled(command, change)
    assert "Conversion" not in found
    assert "simple_server" not in found
    assert found.endswith("json")


def test_no_key_of_the_worker_reaches_the_environment(walled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", SECRET)
    found = walled("env; cat /proc/*/environ | tr '\\0' '\\n'", {"run": {"env": {"OMP_NUM_THREADS": "3"}}})
    assert SECRET not in found
    assert "OMP_NUM_THREADS=3" in found
    names = {line.partition("=")[0] for line in found.splitlines()}
    assert {"AUTOLIFT_SEED", "AUTOLIFT_BUDGET_SECONDS", "AUTOLIFT_DEVICE", "HOME", "PATH", "TMPDIR"} <= names


@pytest.mark.parametrize(("network", "reached"), [(False, "no"), (True, "yes")])
def test_the_network_is_there_only_if_the_task_says_so(walled: Run, network: bool, reached: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
        port = server.getsockname()[1]
        program = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        found = walled(
            f'python3 -c "{program}" 2>/dev/null && echo yes || echo no', {"run": {"network": network}}
        )
        assert found == reached
        if not network:
            socket.create_connection(("127.0.0.1", port)).close()


def test_processes_of_the_host_are_out_of_sight_and_reach(walled: Run) -> None:
    found = walled(f"ls -d /proc/[0-9]* | wc -l; kill -9 {os.getpid()} 2>/dev/null && echo killed; echo end")
    assert "killed" not in found
    assert int(found.split()[0]) < 10


def test_no_capability_is_left_and_hidden_folders_cannot_be_uncovered(walled: Run, host: Host) -> None:
    (host.blobs.folder / "note").write_text(SECRET)
    blobs = host.blobs.folder
    command = (
        f"grep CapEff /proc/self/status; umount {blobs}; mount -o remount,rw /; mount --bind / /tmp; "
        f"unshare -Urm sh -c 'umount {blobs}; cat {blobs}/note'"
    )
    found = walled(command)
    assert "CapEff:\t0000000000000000" in found
    assert SECRET not in found


def test_no_file_of_the_host_can_be_linked_into_a_folder_of_ones_own(walled: Run) -> None:
    command = (
        "for d in . ~ /tmp; do ln /etc/hostname $d/x || ln -L /proc/self/exe $d/y; done; ln f ~; ls . ~ /tmp"
    )
    found = walled(f"touch f; ({command}) 2>/dev/null")
    assert not {"x", "y"} & set(found.split())
    assert found.split().count("f") == 1
