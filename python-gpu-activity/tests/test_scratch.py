import os
import subprocess
import sys
from pathlib import Path

from autolift_device.sandbox.process_table import started_at
from autolift_device.scratch import Scratch, clear_stale
from conftest import processes_with


def orphan(home: Path) -> tuple["subprocess.Popen[bytes]", str]:
    marker = f"32{int.from_bytes(os.urandom(5), 'big')}"
    return subprocess.Popen(
        ["sleep", marker], env={"HOME": f"{home}/run/home", "PATH": "/usr/bin:/bin"}
    ), marker


def test_a_new_attempt_ends_what_the_one_before_it_left(tmp_path: Path) -> None:
    first, second, other = Scratch(tmp_path, "k/1"), Scratch(tmp_path, "k/1"), Scratch(tmp_path, "k/2")
    first.open()
    other.open()
    process, marker = orphan(first.folder)
    first.note_process(process.pid, started_at(process.pid))
    second.open()
    process.wait(10)
    assert processes_with(marker) == []
    assert not first.folder.exists()
    assert other.folder.exists()


def test_a_detached_process_is_found_by_its_home(tmp_path: Path) -> None:
    first = Scratch(tmp_path, "k/1")
    first.open()
    process, _ = orphan(first.folder)
    Scratch(tmp_path, "k/1").open()
    assert process.wait(10) == -9


def test_a_number_that_now_is_another_process_is_left_alone(tmp_path: Path) -> None:
    first = Scratch(tmp_path, "k/1")
    first.open()
    process, _ = orphan(tmp_path / "elsewhere")
    first.note_process(process.pid, "12345")
    Scratch(tmp_path, "k/1").open()
    assert process.poll() is None
    process.kill()
    process.wait()


def test_a_starting_worker_clears_what_dead_ones_left_and_nothing_else(tmp_path: Path) -> None:
    mine, dead = Scratch(tmp_path, "k/1"), Scratch(tmp_path, "k/2")
    mine.open()
    dead.open()
    pid, start = dead.folder.name.split("-")[1:3]
    dead.folder.rename(tmp_path / dead.folder.name.replace(f"-{pid}-{start}", f"-{pid}-1"))
    (tmp_path / "half-made").mkdir()
    assert clear_stale(tmp_path) == 2
    assert [folder.name for folder in tmp_path.iterdir()] == [mine.folder.name]


def test_a_folder_that_resists_is_removed(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path, "k")
    scratch.open()
    room = scratch.room("run")
    (room.checkout / "a/b").mkdir(parents=True)
    (room.checkout / "a/b").chmod(0)
    (room.checkout / "a").chmod(0o500)
    scratch.close()
    assert not scratch.folder.exists()


def test_a_folder_deeper_than_any_path_is_removed(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path, "k/1")
    scratch.open()
    deep = "import os\nfor _ in range(3000):\n os.mkdir('n')\n os.chdir('n')\nos.chmod('.', 0)"
    subprocess.run([sys.executable, "-c", deep], cwd=scratch.folder, check=True)
    scratch.close()
    assert not scratch.folder.exists()
