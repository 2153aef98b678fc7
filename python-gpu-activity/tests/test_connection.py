import logging

import pytest

from autolift_device.connection import Connecting, ConnectionMistake, NoServer

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


def test_a_server_that_is_not_there_is_waited_for_and_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "autolift_device")
    connecting = Connecting()
    refused = CORE + 'ConnectError("tcp connect error", Os { code: 111, kind: ConnectionRefused })))'
    for _ in range(3):
        assert isinstance(connecting.failed(refused, "lab:7233"), NoServer)
    assert caplog.messages == ["waiting for Temporal at lab:7233: connection refused"]
    connecting.failed(CORE + 'ConnectError("dns error", …)))', "lab:7233")
    assert caplog.messages[1:] == ["waiting for Temporal at lab:7233: no such host"]
