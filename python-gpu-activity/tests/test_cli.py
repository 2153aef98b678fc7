import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autolift_device.__main__ import main
from conftest import BWRAP
from s3_server import BUCKET, KEY, S3Server

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
            "AUTOLIFT_ARTIFACTS",
            "/dev/null/logs",
            "AUTOLIFT_ARTIFACTS: the folder /dev/null/logs can't be made",
        ),
        # it is there, and takes nothing, not even from root
        ("AUTOLIFT_ARTIFACTS", "/proc", "autolift-device: AUTOLIFT_ARTIFACTS: the "),
        ("AUTOLIFT_ARTIFACTS", "s3://logs?endpoint=minio:9000", "AUTOLIFT_ARTIFACTS: the endpoint"),
        (
            "AUTOLIFT_HOME",
            "/dev/null/home",
            "AUTOLIFT_HOME (--home): the folder /dev/null/home can't be made",
        ),
        ("TEMPORAL_ADDRESS", "garbage", "TEMPORAL_ADDRESS: 'garbage' is no host:port"),
        ("TEMPORAL_ADDRESS", "http://127.0.0.1:1", "TEMPORAL_ADDRESS: 'http://127.0.0.1:1' is no host:port"),
        ("TEMPORAL_ADDRESS", "lab:72330", "TEMPORAL_ADDRESS: 'lab:72330' is no host:port"),
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
    assert "Warning" not in done.stderr


@pytest.mark.parametrize("amiss", ["key", "boto3"])
def test_a_host_that_cannot_store_logs_says_so_and_serves_nothing(tmp_path: Path, amiss: str) -> None:
    (tmp_path / "boto3.py").write_text("raise ModuleNotFoundError('No module named boto3')")
    server = S3Server()
    settings = {
        "AUTOLIFT_HOST": "zeta",
        "AUTOLIFT_ARTIFACTS": f"s3://{BUCKET}?endpoint={server.url}",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": "wrong",
    } | ({"PYTHONPATH": str(tmp_path)} if amiss == "boto3" else {})
    folders = ["--home", str(tmp_path / "home"), "--temporal", "127.0.0.1:1"]
    worker = [sys.executable, "-m", "autolift_device", "--class", "cpu", *folders]
    done = subprocess.run(
        worker, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, timeout=60
    )
    server.close()
    assert done.returncode == 2
    why = {"key": "refuses: SignatureDoesNotMatch", "boto3": "needs boto3: install autolift-device[s3]"}
    store = f"s3://{BUCKET} at {server.url}"
    assert f"autolift-device: AUTOLIFT_ARTIFACTS: the artifact store {store} {why[amiss]}" in done.stderr
    assert "(from zeta)" in done.stderr
    assert "waiting for Temporal" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("count", ["0", "257", "x", "1_0"])
def test_a_number_of_devices_that_makes_no_sense_is_refused(
    capsys: pytest.CaptureFixture[str], count: str
) -> None:
    with pytest.raises(SystemExit):
        main(["--devices", count])
    said = f'argument --devices: "{count}" must be all, or a number between 1 and 256'
    assert said in capsys.readouterr().err


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
