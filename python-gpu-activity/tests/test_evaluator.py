"""The protected evaluator: whatever the candidate tries, the verdict is the evaluator's."""

from pathlib import Path

import pytest

from autolift_device.failures import RefusedRequest
from autolift_device.host import Host
from conftest import EVALUATE, HONEST, Repository, Run, evaluator_for, request_for


def test_an_honest_candidate_is_measured(judged: Run) -> None:
    report = judged(HONEST + "print('METRIC:mse=0.25', 'loss: 1')\nprint('loss: 0.3')\n")
    assert (report.status, report.value, report.origin, report.tampering) == ("ok", 0.25, "measured", [])
    assert report.metrics["loss"] == 0.3
    assert report.metrics["checked"] == 1
    assert report.evaluatorLog is not None
    assert report.evaluatorHash is not None


def test_hidden_files_are_for_the_evaluator_alone(judged: Run) -> None:
    train = "import os; open('answer.txt', 'w').write('3'); print(os.path.exists('hidden/key.txt'))\n"
    check = "test -s hidden/key.txt && python3 evaluate.py"
    report = judged(train, {"hidden": ["hidden/**"]}, {"hidden/key.txt": "k"}, check)
    assert (report.status, report.tail) == ("ok", "False")


def test_the_score_is_read_from_the_evaluators_own_folder(judged: Run) -> None:
    train = HONEST + "open('score.json', 'w').write('{\"mse\": 0}')\n"
    write = "echo '{\"mse\": 0.5}' > score.json"
    change = {"metric": {"name": "mse", "file": "score.json", "key": None}}
    report = judged(train, change, None, write)
    assert (report.status, report.value) == ("ok", 0.5)


def test_a_score_file_that_the_evaluator_did_not_write_is_no_metric(judged: Run) -> None:
    train = HONEST + "open('score.json', 'w').write('{\"mse\": 0}')\n"
    change = {"metric": {"name": "mse", "file": "score.json", "key": None}}
    report = judged(train, change, None, "true")
    assert (report.status, report.value) == ("no_metric", None)


def test_without_an_evaluator_a_linked_score_file_is_no_metric(measure: Run, repository: Repository) -> None:
    commit = repository.commit({})
    change = {"metric": {"name": "mse", "file": "score.json", "key": None}}
    command = "echo '{\"mse\": 0}' > real.json; ln -s real.json score.json"
    report = measure(request_for(repository, commit, command, change))
    assert (report.status, report.value, report.origin) == ("no_metric", None, "reported")


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("echo 'wrong answer'; exit 3", "crash", "evaluator: wrong answer"),
        ("no-such-program", "no_metric", "`no-such-program`"),
        ("echo METRIC:other=1", "no_metric", "METRIC:mse="),
        ("echo METRIC:mse=nan", "not_finite", "nan"),
    ],
)
def test_the_end_of_an_evaluator_decides_the_status(
    judged: Run, command: str, status: str, said: str
) -> None:
    report = judged(HONEST, None, None, command)
    assert (report.status, report.value) == (status, None)
    assert said in report.detail


def test_an_evaluator_that_takes_too_long_is_a_timeout(measure: Run, repository: Repository) -> None:
    commit = repository.commit({"a": "1"})
    evaluator = evaluator_for(repository, commit, "sleep 30", ["train.py"]) | {"timeoutSeconds": 0.5}
    report = measure(request_for(repository, commit, "true", {"evaluator": evaluator}))
    assert (report.status, report.detail) == ("timeout", "evaluator: killed after its 0.5 s")


def test_a_run_that_crashed_is_not_evaluated(judged: Run) -> None:
    report = judged("print('METRIC:mse=0')\nraise SystemExit('bad idea')\n")
    assert (report.status, report.value, report.evaluatorLog) == ("crash", None, None)
    assert report.detail == "exit code 1: bad idea"
    assert report.exitCode == 1


@pytest.mark.parametrize("change", [{"hash": "0" * 64}, {"command": "echo METRIC:mse=0"}])
def test_an_evaluator_that_is_not_the_pinned_one_is_not_run(
    measure: Run, repository: Repository, change: dict[str, str]
) -> None:
    commit = repository.commit({"evaluate.py": EVALUATE})
    evaluator = evaluator_for(repository, commit, "python3 evaluate.py", ["train.py"]) | change
    with pytest.raises(RefusedRequest) as refused:
        measure(request_for(repository, commit, "true", {"evaluator": evaluator}))
    assert refused.value.kind == "EvaluatorHashMismatch"


def test_the_evaluator_sees_the_runs_output_and_writes_nothing_of_the_candidates(
    judged: Run, host: Host
) -> None:
    command = (
        "grep -c hello $AUTOLIFT_RUN_LOG; echo METRIC:mse=1; "
        "(echo 3 > $AUTOLIFT_CANDIDATE/answer.txt) 2>/dev/null; "
        "cat $AUTOLIFT_CANDIDATE/answer.txt; echo seed $AUTOLIFT_SEED"
    )
    report = judged(HONEST + "print('hello')\n", None, None, command)
    assert report.evaluatorLog is not None
    log = Path(host.blobs.folder, report.evaluatorLog.sha256[:2], report.evaluatorLog.sha256).read_text()
    assert "seed 7" in log
    if host.sandbox.kind == "bwrap":
        assert "2.5" in log


def test_a_guard_that_fails_keeps_the_value_but_not_the_candidate(judged: Run) -> None:
    guards = [
        {"command": "true", "timeoutSeconds": 9},
        {"command": "echo 2 failed; exit 1", "timeoutSeconds": 9},
    ]
    report = judged(HONEST, {"guards": guards})
    assert (report.status, report.value) == ("guard_failed", 0.25)
    assert report.detail == "`echo 2 failed; exit 1`: 2 failed"
    assert report.seconds.guards > 0


def test_guards_run_on_the_candidate_with_the_protected_files_of_the_base(
    measure: Run, repository: Repository
) -> None:
    base = repository.commit({"train.py": "", "tests/check.sh": "grep -q good train.py"})
    commit = repository.commit({"train.py": "good", "tests/check.sh": "true", "answer.txt": "1"})
    evaluator = evaluator_for(repository, base, "echo METRIC:mse=1", ["train.py"])
    guards = [
        {"command": "cat train.py tests/check.sh; ls; sh tests/check.sh && exit 5", "timeoutSeconds": 9}
    ]
    report = measure(request_for(repository, commit, "true", {"evaluator": evaluator, "guards": guards}))
    assert report.status == "guard_failed"
    assert report.detail.endswith(": train.py")


def test_no_guard_runs_after_a_run_that_failed_or_cheated(judged: Run) -> None:
    guards = [{"command": "exit 1", "timeoutSeconds": 9}]
    assert judged("1/0\n", {"guards": guards}).status == "crash"
    assert judged(HONEST + "print('METRIC:mse=0')\n", {"guards": guards}).status == "tampered"
