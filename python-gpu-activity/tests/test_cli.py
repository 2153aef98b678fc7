import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autolift_device.__main__ import main
from conftest import BWRAP

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(("options", "sandbox"), [([], "bwrap" if BWRAP else "none"), (["--plain"], "none")])
def test_a_probe_tells_devices_and_sandbox(
    capsys: pytest.CaptureFixture[str], options: list[str], sandbox: str
) -> None:
    assert main(["--probe", "--devices", "2", *options]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [device["id"] for device in told["devices"]] == ["0", "1"]
    assert told["sandbox"] == sandbox
    assert (told["warning"] is None) == (sandbox == "bwrap")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AUTOLIFT_ARTIFACTS", "gs://logs", "autolift-device: AUTOLIFT_ARTIFACTS: "),
        (
            "TEMPORAL_CONFIG_FILE",
            "/no/such/file.toml",
            "autolift-device: TEMPORAL_CONFIG_FILE: there is no file",
        ),
        ("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/no/such.pem", "autolift-device: Temporal's configuration"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_message(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    settings = {"AUTOLIFT_HOME": str(tmp_path / "home"), "TEMPORAL_ADDRESS": "127.0.0.1:1", name: value}
    worker = [sys.executable, "-m", "autolift_device", "--class", "cpu"]
    done = subprocess.run(
        worker, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_number_of_devices_that_makes_no_sense_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--devices", "0"])
    assert "between 1 and 256" in capsys.readouterr().err


def test_a_worker_waits_for_a_server_that_is_not_there_and_stops_when_told(tmp_path: Path) -> None:
    folders = ["--home", str(tmp_path / "home"), "--blobs", str(tmp_path / "blobs")]
    worker = subprocess.Popen(
        [sys.executable, "-m", "autolift_device", *folders, "--temporal", "127.0.0.1:1"],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    with worker:
        assert worker.stderr is not None
        assert any("waiting for Temporal at 127.0.0.1:1" in line for line in worker.stderr)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    assert os.listdir(tmp_path / "home/scratch") == []
