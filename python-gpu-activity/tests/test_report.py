import json
import platform

from autolift_device.activity import LARGEST_RESULT
from autolift_device.host import Host
from conftest import Repository, Run, request_for


def test_a_report_says_where_when_and_how_long(measure: Run, repository: Repository, host: Host) -> None:
    report = measure(
        request_for(repository, repository.commit({}), "sleep 0.2; echo METRIC:mse=2; echo lr: 0.1")
    )
    assert (report.status, report.value, report.origin, report.exitCode) == ("ok", 2, "reported", 0)
    assert report.metrics["lr"] == 0.1
    assert report.metrics["run_seconds"] >= 0.2
    assert report.metrics["peak_memory_bytes"] == report.peakMemoryBytes > 0
    assert report.seconds.run >= 0.2
    assert report.device.model_dump()["class"] == "cpu"
    assert report.device.python == platform.python_version()
    assert report.startedAt.endswith("Z")
    assert report.log is not None
    assert (
        host.blobs.folder / report.log.sha256[:2] / report.log.sha256
    ).read_text() == "METRIC:mse=2\nlr: 0.1\n"


def test_the_plain_mode_says_so(measure: Run, repository: Repository, host: Host) -> None:
    report = measure(request_for(repository, repository.commit({}), "true"))
    assert report.sandbox == host.sandbox.kind
    assert any(note.startswith("no sandbox: ") for note in report.notes) == (report.sandbox == "none")


def test_a_report_stays_small_whatever_is_printed(measure: Run, repository: Repository) -> None:
    program = (
        "import random\n"
        "for i in range(3000): print(f'METRIC:{chr(0x1F600) * 90}{i}={i}')\n"
        "print('\\x1b[31m' + chr(0x1F600) * 9000)\nraise SystemExit(chr(0x1F600) * 9000)\n"
    )
    commit = repository.commit({"train.py": program})
    report = measure(request_for(repository, commit, "python3 train.py"))
    assert report.status == "crash"
    text = json.dumps(report.model_dump(mode="json"), ensure_ascii=False)
    assert len(text.encode()) < LARGEST_RESULT
    assert "\x1b" not in text
    assert len(report.detail.encode("utf-16-le")) // 2 <= 500


def test_a_silent_run_has_no_log(measure: Run, repository: Repository) -> None:
    report = measure(request_for(repository, repository.commit({}), "true"))
    assert (report.status, report.log, report.tail) == ("no_metric", None, "")


def test_a_run_that_is_refused_at_checkout_is_the_candidates_fault(
    measure: Run, repository: Repository
) -> None:
    commit = repository.commit({"a": "1"})
    change = {"source": {"remote": str(repository.folder), "prefix": "a", "commit": commit}}
    report = measure(request_for(repository, commit, "true", change))
    assert (report.status, report.exitCode) == ("crash", None)
    assert "not a folder" in report.detail


def test_missing_entries_of_read_and_hide_are_noted(measure: Run, repository: Repository, host: Host) -> None:
    change = {
        "taskFolder": str(repository.folder),
        "run": {"read": [".venv", "../up"], "hide": ["/no/such/file", "/no/such/*"]},
    }
    report = measure(request_for(repository, repository.commit({}), "true", change))
    assert any(".venv" in note for note in report.notes)
    assert sum("/no/such/" in note for note in report.notes) == 1
