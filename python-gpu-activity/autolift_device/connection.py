"""The connection to Temporal, from its own standard configuration, and in words why there is none."""

import functools
import logging
import os
import re
import time
from dataclasses import dataclass
from datetime import timedelta

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.service import RPCError, RPCStatusCode

_ALIVE_EVERY = timedelta(seconds=10)
_ANSWERS_WITHIN = timedelta(seconds=10)
_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+):(\d{1,5})")
_log = logging.getLogger("autolift_device")
# What the SDK's core says, what it means, and what to look at.
_MISTAKES = (
    (r"Unauthenticated", "refuses the key", "correct TEMPORAL_API_KEY"),
    (r"PermissionDenied", "lets this key do nothing", "correct TEMPORAL_API_KEY or TEMPORAL_NAMESPACE"),
    (
        r"AlertReceived\(Certificate(Expired|Unknown|Revoked|Required)|AlertReceived\((Bad|Unsupported)Certificate"
        r"|AlertReceived\((UnknownCA|AccessDenied)",
        "refuses this worker's certificate",
        "renew TEMPORAL_TLS_CLIENT_CERT_PATH and its key",
    ),
    (r"InvalidCertificate\(Expired", "shows a certificate that has expired", "renew it on the server"),
    (r"InvalidCertificate\(NotValidYet", "shows a certificate that is not valid yet", "look at both clocks"),
    (
        r"InvalidCertificate\(NotValidForName",
        "shows another server's certificate",
        "correct TEMPORAL_ADDRESS",
    ),
    (
        r"InvalidCertificate",
        "shows a certificate that nobody here trusts",
        "name its authority: TEMPORAL_TLS_SERVER_CA_CERT_PATH",
    ),
    (
        r"InvalidContentType|InvalidMessage",
        "speaks no TLS",
        "unset TEMPORAL_TLS and the key, or correct the address",
    ),
)
_MISTAKEN = {
    RPCStatusCode.UNAUTHENTICATED: "Unauthenticated",
    RPCStatusCode.PERMISSION_DENIED: "PermissionDenied",
}
_WAITS = (
    (r"ConnectionRefused", "connection refused"),
    (r"dns error", "no such host"),
    (r"TimedOut|deadline|timed out", "no answer"),
    (r"ConnectionReset|BrokenPipe|UnexpectedEof", "the connection was cut"),
)


class ConnectionMistake(Exception):
    """Nothing that waiting would mend."""


class NoServer(Exception):
    """The server is not there, or not any more."""


@dataclass(slots=True)
class Connecting:
    address: str | None = None
    namespace: str | None = None
    said: tuple[str, float] = ("", 0.0)

    async def connect(self, identity: str) -> Client:
        config = self._config()
        try:
            return await Client.connect(**config, identity=identity, runtime=_runtime())
        except RuntimeError as error:
            raise self.failed(str(error), config.get("target_host", "")) from error
        except (TypeError, ValueError) as error:
            raise ConnectionMistake(f"Temporal's configuration: {error}") from error

    async def check_namespace(self, client: Client) -> None:
        """Before anything is served: workers of the SDK would flood the log and never end."""
        address = client.service_client.config.target_host
        try:
            await client.workflow_service.describe_namespace(
                DescribeNamespaceRequest(namespace=client.namespace), timeout=_ANSWERS_WITHIN
            )
        except RPCError as error:
            if error.status == RPCStatusCode.NOT_FOUND:
                raise ConnectionMistake(
                    f"there is no namespace {client.namespace!r} on {address}: correct TEMPORAL_NAMESPACE"
                    " (or --namespace), or make it there"
                ) from error
            said = _MISTAKEN.get(error.status, str(error))
            raise self.failed(said, address) from error

    def failed(self, said: str, address: str) -> ConnectionMistake | NoServer:
        """Says why: once a minute, or when there is another reason."""
        for pattern, what, fix in _MISTAKES:
            if re.search(pattern, said):
                return ConnectionMistake(f"Temporal at {address} {what}: {fix}")
        known = next((words for pattern, words in _WAITS if re.search(pattern, said)), said[-200:])
        text = f"waiting for Temporal at {address}: {known}"
        last, at = self.said
        if text != last or time.monotonic() > at + 60:
            self.said = (text, time.monotonic())
            _log.info(text)
        return NoServer(text)

    def _config(self) -> ClientConnectConfig:
        named = os.environ.get("TEMPORAL_CONFIG_FILE")
        if named and not os.path.isfile(named):
            raise ConnectionMistake(f"TEMPORAL_CONFIG_FILE: there is no file {named}")
        try:
            config = ClientConfig.load_client_connect_config()
        except Exception as error:
            message = " ".join(str(error).split())[:300]
            raise ConnectionMistake(
                f"Temporal's configuration cannot be read: {message} (TEMPORAL_* variables, or the profile)"
            ) from error
        if self.address:
            config["target_host"] = self.address
        if self.namespace:
            config["namespace"] = self.namespace
        address = config.setdefault("target_host", "127.0.0.1:7233")
        found = _HOST_AND_PORT.fullmatch(address)
        if found is None or not 0 < int(found[2]) < 65536:
            named = "--temporal" if self.address else "TEMPORAL_ADDRESS"
            raise ConnectionMistake(
                f"{named}: {address!r} is no host:port: write it like lab:7233, without http://"
            )
        return config


@functools.cache
def _runtime() -> Runtime:
    """Its heartbeats tell the server, and so loops and `autolift fleet`, that this worker lives."""
    return Runtime(telemetry=TelemetryConfig(), worker_heartbeat_interval=_ALIVE_EVERY)
