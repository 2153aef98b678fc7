"""The environment of an evaluator is named by what is in it: another name tells of a change."""

import os
import sys
from pathlib import Path

import pytest

from autolift_device.blobs import BlobStore
from autolift_device.sandbox.sandbox import Job
from autolift_device.sandbox.view import Rule
from autolift_device.surroundings.programs import programs_of
from autolift_device.surroundings.surroundings import Surroundings
from conftest import Run

OLD = 1_700_000_000


class Desk:
    """A virtual environment, and a checkout that is another one for each run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packages = folder / "venv" / "lib" / "python3.11" / "site-packages"
        self.blobs = BlobStore(folder / "blobs")
        self.runs = 0
        (folder / "venv" / "bin").mkdir(parents=True)
        (folder / "venv" / "bin" / "python").symlink_to(sys.executable)
        (folder / "venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.7\n")
        self.write(self.packages / "scorer" / "__init__.py", "SCALE = 1.0\n")

    def write(self, path: Path, text: str, time: int = OLD) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (time, time))

    def job(self, command: str = ".venv/bin/python evaluate.py", **environment: str) -> Job:
        self.runs += 1
        checkout = self.folder / f"run-{self.runs}"
        checkout.mkdir()
        (checkout / ".venv").symlink_to(self.folder / "venv")
        hidden = [Rule(str(self.folder / "hidden"), "hide")]
        return Job(command, checkout, {"PATH": "/usr/bin:/bin", **environment}, checkout, rules=hidden)

    def name(self, command: str = ".venv/bin/python evaluate.py", **environment: str) -> str:
        """As a worker names it that has not looked before."""
        return Surroundings(self.blobs).of(self.job(command, **environment))

    def listing(self, name: str) -> str:
        return (self.blobs.folder / name[:2] / name).read_text()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path.resolve())


def test_the_same_files_have_the_same_name_in_each_checkout_and_whenever_they_were_written(
    desk: Desk,
) -> None:
    before = desk.name()
    desk.write(desk.packages / "scorer" / "__init__.py", "SCALE = 1.0\n", OLD + 60)
    desk.write(desk.packages / "scorer" / "__pycache__" / "x.pyc", "compiled")
    assert desk.name() == before
    assert f"{desk.packages}/scorer/__init__.py\t" in desk.listing(before)


def test_a_module_that_is_edited_added_or_gone_and_another_python_are_other_environments(desk: Desk) -> None:
    names = [desk.name()]
    desk.write(desk.packages / "scorer" / "__init__.py", "SCALE = 1.2\n")
    names.append(desk.name())
    desk.write(desk.packages / "new.py", "")
    names.append(desk.name())
    (desk.packages / "scorer" / "__init__.py").unlink()
    names.append(desk.name())
    (desk.folder / "venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.8\n")
    names.append(desk.name())
    assert len(set(names)) == len(names)


def test_a_change_is_seen_by_a_worker_that_has_looked_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("autolift_device.surroundings.surroundings.time.monotonic", lambda: now[0])
    worker = Surroundings(desk.blobs)
    before = worker.of(desk.job())
    desk.write(desk.packages / "scorer" / "__init__.py", "SCALE = 1.2\n", OLD + 1)
    now[0] += 3.1
    after = worker.of(desk.job())
    assert after != before
    desk.write(desk.packages / "scorer" / "__init__.py", "SCALE = 1.0\n", OLD + 2)
    now[0] += 3.1
    assert worker.of(desk.job()) == before


def test_code_that_a_pth_file_or_the_path_adds_counts_but_not_what_the_evaluator_cannot_see(
    desk: Desk,
) -> None:
    added, hidden, path = desk.folder / "added", desk.folder / "hidden", desk.folder / "path"
    desk.write(desk.packages / "local.pth", f"import os\n{added}\n{hidden}\n../nowhere\n")
    for folder in (added, hidden, path):
        desk.write(folder / "deep" / "lib.py", "1")
        desk.write(folder / "data.csv", "1")
    named = desk.listing(desk.name(PYTHONPATH=f"{path}:relative"))
    assert f"{added}/deep/lib.py\t" in named
    assert f"{path}/deep/lib.py\t" in named
    assert "data.csv" not in named
    assert str(hidden) not in named


def test_folders_that_are_links_are_followed_once(desk: Desk) -> None:
    desk.write(desk.folder / "source" / "lib.py", "1")
    (desk.packages / "linked").symlink_to(desk.folder / "source")
    (desk.folder / "source" / "again").symlink_to(desk.folder / "source")
    named = desk.listing(desk.name())
    assert named.count("lib.py") == 1


def test_lock_files_of_node_count_where_the_task_lends_its_packages(desk: Desk) -> None:
    modules = desk.folder / "modules"
    desk.write(modules / ".package-lock.json", "{}")
    job = desk.job("sh score.sh")
    (job.folder / "node_modules").symlink_to(modules)
    assert f"{modules}/.package-lock.json\t" in desk.listing(Surroundings(desk.blobs).of(job))


def test_programs_are_found_behind_variables_links_and_first_lines(tmp_path: Path) -> None:
    folder, path = tmp_path.resolve() / "checkout", tmp_path.resolve() / "bin"
    folder.mkdir()
    path.mkdir()
    for place, text in {
        path / "tool": "#!/usr/bin/env -S FLAG=1 node --quiet\n",
        path / "node": "\x7fELF",
        path / "python3": "\x7fELF",
        folder / "own": f"#!{path}/node\n",
    }.items():
        place.write_text(text)
        place.chmod(0o755)

    def found(command: str) -> list[str]:
        return [os.path.relpath(program, path) for program in programs_of(command, str(folder), str(path))]

    assert found("X=1 tool data.csv && nothing --tool") == ["node", "python3", "tool"]
    assert found("./own '") == ["node", "python3"]
    assert found(f"'{path}/python3' evaluate.py") == ["python3"]


def test_a_report_names_the_environment_of_its_evaluator_and_of_nothing_else(judged: Run) -> None:
    report = judged("open('answer.txt', 'w').write('3')")
    again = judged("open('answer.txt', 'w').write('2')")
    assert report.status == "ok"
    assert len(report.device.environment) == 64
    assert again.device.environment == report.device.environment
    assert judged("raise SystemExit(1)").device.environment == ""
