"""What a candidate leaves for its evaluator to open: nothing that leads elsewhere, nothing that blocks."""

import os
import socket
from pathlib import Path

import pytest

from autolift_device.checkout import sweep as module
from autolift_device.checkout.sweep import sweep
from autolift_device.failures import RefusedCheckout
from conftest import Repository, Run, evaluator_for, request_for

READ = """
import os, pathlib, sys
text = (pathlib.Path(os.environ["AUTOLIFT_CANDIDATE"]) / "out.txt").read_bytes()[:400]
sys.exit("cannot understand " + repr(text))
"""


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(
    "target",
    [
        "/proc/self/environ",
        "/proc/self/cwd/hidden/key.txt",
        "/tmp/x",
        "../x",
        "up/../x",
        "/etc",
        "../..",
        "{root}/../run/checkout/a",
        "{root}-not/a",
    ],
)
def test_a_link_that_leads_out_is_removed_and_named(tmp_path: Path, target: str) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d/up").symlink_to("..")
    (tmp_path / "a").touch()
    (tmp_path / "d/out.txt").symlink_to(target.format(root=tmp_path))
    if target == "../x":
        (tmp_path / "d/out.txt").rename(tmp_path / "out.txt")
    removed = sweep(tmp_path, {})
    assert len(removed) == 1
    assert "out.txt, which leads out of the checkout" in removed[0]
    assert left(tmp_path) == ["a", "d", "d/up"]


def test_links_that_stay_inside_are_kept(tmp_path: Path) -> None:
    (tmp_path / "d/e").mkdir(parents=True)
    (tmp_path / "a").touch()
    (tmp_path / "d/near").symlink_to("../a")
    (tmp_path / "d/e/up").symlink_to("../..")
    (tmp_path / "round").symlink_to("d/e/up/a")
    (tmp_path / "absolute").symlink_to(tmp_path / "a")
    (tmp_path / "nowhere").symlink_to("not-there")
    before = left(tmp_path)
    assert sweep(tmp_path, {}) == []
    assert left(tmp_path) == before


def test_links_through_links_are_followed_to_their_end(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "a/b/c/top").symlink_to("../../..")
    (tmp_path / "trick").symlink_to("a/b/c/top/../x")
    (tmp_path / "loop").symlink_to("loop")
    assert len(sweep(tmp_path, {})) == 2
    assert left(tmp_path) == ["a", "a/b", "a/b/c", "a/b/c/top"]


def test_a_link_that_the_run_was_given_is_kept_unless_it_was_bent(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to("/usr/share")
    (tmp_path / "bent").symlink_to("/etc")
    removed = sweep(tmp_path, {"data": "/usr/share", "bent": "/usr/lib"})
    assert left(tmp_path) == ["data"]
    assert "link bent" in removed[0]


def test_pipes_and_sockets_are_removed_wherever_they_hide(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    os.mkfifo(closed / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
    closed.chmod(0o100)
    assert sorted(text.split(": the ")[1] for text in sweep(tmp_path, {})) == [
        "pipe closed/pipe",
        "socket socket",
    ]
    assert left(tmp_path) == ["closed"]


def test_a_tree_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", 10)
    for number in range(11):
        (tmp_path / str(number)).touch()
    with pytest.raises(RefusedCheckout, match="more files than"):
        sweep(tmp_path, {})


@pytest.mark.parametrize(
    ("leave", "secret"),
    [
        ("ln -s /proc/self/environ out.txt", "AUTOLIFT_CANDIDATE"),
        ("ln -s /proc/self/cwd/hidden/key.txt out.txt", "the hidden answer"),
        ("mkdir d; ln -s /proc/self/cwd/hidden d/h; ln -s d/h/key.txt out.txt", "the hidden answer"),
        ("rm -f out.txt; mkfifo out.txt", "cannot understand"),
    ],
    ids=["environment", "hidden file", "folder", "pipe"],
)
def test_an_evaluator_that_reads_anything_tells_nothing(
    measure: Run, repository: Repository, leave: str, secret: str
) -> None:
    commit = repository.commit({"evaluate.py": READ, "hidden/key.txt": "the hidden answer"})
    evaluator = evaluator_for(repository, commit, "python3 evaluate.py", ["train.py"])
    change = {"evaluator": evaluator, "hidden": ["hidden/**"]}
    report = measure(request_for(repository, commit, leave, change))
    assert report.status == "crash"
    assert secret not in report.detail
    assert "No such file" in report.detail
    assert any("out.txt" in note or "d/h" in note for note in report.notes)


def test_what_the_task_lets_a_run_read_is_there_for_the_evaluator(
    measure: Run, repository: Repository, tmp_path: Path
) -> None:
    (tmp_path / "task/data").mkdir(parents=True)
    (tmp_path / "task/data/x").write_text("5")
    commit = repository.commit({})
    command = 'echo "METRIC:mse=$(cat $AUTOLIFT_CANDIDATE/data/x)"'
    evaluator = evaluator_for(repository, commit, command, ["train.py"])
    change = {"evaluator": evaluator, "taskFolder": str(tmp_path / "task"), "run": {"read": ["data"]}}
    report = measure(request_for(repository, commit, "cat data/x", change))
    assert (report.status, report.value, report.notes[1:]) == ("ok", 5, [])


def test_a_tree_that_cannot_be_looked_at_is_the_candidates_fault(
    measure: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", 3)
    commit = repository.commit({})
    evaluator = evaluator_for(repository, commit, "echo METRIC:mse=1", ["train.py"])
    report = measure(request_for(repository, commit, "touch 1 2 3 4; echo done", {"evaluator": evaluator}))
    assert (report.status, report.value) == ("crash", None)
    assert "more files than" in report.detail
    assert report.log is not None
