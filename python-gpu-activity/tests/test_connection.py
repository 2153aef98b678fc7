import asyncio
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from autolift_device.connection import Connecting, ConnectionMistake, NoServer
from autolift_device.devices.cpu import discover
from autolift_device.worker import WorkerOptions, serve

CORE = "Failed client connect: Server connection error: tonic::transport::Error(Transport, ConnectError("


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Failed client connect: `get_system_info` call error: Status { code: Unauthenticated, "
            'message: "Request unauthorized." }',
            "refuses the key: correct TEMPORAL_API_KEY",
        ),
        (
            CORE + "Custom { kind: InvalidData, error: InvalidCertificate(ExpiredContext { time: 2 }) }))",
            "shows a certificate that has expired",
        ),
        (
            CORE + "Custom { kind: InvalidData, error: InvalidCertificate(UnknownIssuer) }))",
            "nobody here trusts: name its authority: TEMPORAL_TLS_SERVER_CA_CERT_PATH",
        ),
        (
            CORE + "Custom { kind: InvalidData, error: AlertReceived(CertificateExpired) }))",
            "refuses this worker's certificate: renew TEMPORAL_TLS_CLIENT_CERT_PATH",
        ),
        (CORE + "Custom { kind: InvalidData, error: InvalidMessage(InvalidContentType) }))", "speaks no TLS"),
    ],
)
def test_what_waiting_does_not_mend_is_a_mistake_in_words(said: str, told: str) -> None:
    failure = Connecting().failed(said, "lab:7233")
    assert isinstance(failure, ConnectionMistake)
    assert str(failure).startswith("Temporal at lab:7233 ")
    assert told in str(failure)


class Answering(Connecting):
    """A server that answers each question with the same error."""

    def __init__(self, status: RPCStatusCode) -> None:
        super().__init__()
        self.status = status

    async def connect(self, identity: str) -> Client:
        async def describe_namespace(*_: object, **__: object) -> None:
            raise RPCError("it says so", self.status, b"")

        return cast(
            Client,
            SimpleNamespace(
                namespace="nope",
                service_client=SimpleNamespace(config=SimpleNamespace(target_host="lab:7233")),
                workflow_service=SimpleNamespace(describe_namespace=describe_namespace),
            ),
        )


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (RPCStatusCode.NOT_FOUND, "there is no namespace 'nope' on lab:7233: correct TEMPORAL_NAMESPACE"),
        (
            RPCStatusCode.PERMISSION_DENIED,
            "lets this key do nothing: correct TEMPORAL_API_KEY or TEMPORAL_NA",
        ),
        (RPCStatusCode.UNAUTHENTICATED, "refuses the key: correct TEMPORAL_API_KEY"),
    ],
)
def test_a_worker_that_the_server_does_not_let_in_ends_before_it_serves(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, status: RPCStatusCode, told: str
) -> None:
    caplog.set_level(logging.INFO, "autolift_device")
    devices = discover("cpu", 1)
    options = WorkerOptions(devices, tmp_path / "home", tmp_path / "blobs", connecting=Answering(status))
    with pytest.raises(ConnectionMistake, match=told):
        asyncio.run(serve(options))
    assert not [line for line in caplog.messages if "at a time" in line]


def test_a_server_that_is_only_late_with_its_answer_is_waited_for() -> None:
    connecting = Answering(RPCStatusCode.UNAVAILABLE)
    with pytest.raises(NoServer, match="waiting for Temporal at lab:7233"):
        asyncio.run(connecting.check_namespace(asyncio.run(connecting.connect(""))))


def test_a_server_that_is_not_there_is_waited_for_and_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "autolift_device")
    connecting = Connecting()
    refused = CORE + 'ConnectError("tcp connect error", Os { code: 111, kind: ConnectionRefused })))'
    for _ in range(3):
        assert isinstance(connecting.failed(refused, "lab:7233"), NoServer)
    assert caplog.messages == ["waiting for Temporal at lab:7233: connection refused"]
    connecting.failed(CORE + 'ConnectError("dns error", …)))', "lab:7233")
    assert caplog.messages[1:] == ["waiting for Temporal at lab:7233: no such host"]
