"""The activity: from a payload to a report, from broken infrastructure to an error worth a retry."""

import json
import logging
from datetime import timedelta
from typing import Any

from pydantic import ValidationError
from temporalio import activity
from temporalio.exceptions import ApplicationError, CancelledError

from .contract import RunReport, RunRequest
from .failures import InfrastructureFailure, RefusedRequest, Stopped
from .host import Host
from .janitor import Janitor
from .measured_run import MeasuredRun
from .pulse import Pulse
from .run_scope import RunScope
from .scratch import Scratch
from .training.past import past_of
from .watch import Watch

LARGEST_RESULT = 64 << 10
_log = logging.getLogger(__name__)


class DeviceActivities:
    """The activities of src/contract/activities.ts that a device's queue serves."""

    def __init__(self, host: Host, pulse: Pulse | None = None) -> None:
        self.host = host
        self.pulse = pulse or Pulse()
        self.janitor = Janitor()
        self.watches: set[Watch] = set()

    @activity.defn(name="runCandidate", no_thread_cancel_exception=True)
    def run_candidate(self, payload: dict[str, Any]) -> dict[str, Any]:
        request = _request(payload)
        watch = Watch(request.key, lambda: self._should_stop(watch))
        watch.budget_seconds = request.run.budgetSeconds
        self.watches.add(watch)
        with self.pulse.beating(watch):
            try:
                return _result(self._run(request, watch))
            except Stopped:
                raise self._stopped(watch) from None
            except RefusedRequest as refused:
                raise ApplicationError(str(refused), type=refused.kind, non_retryable=True) from refused
            except InfrastructureFailure as failure:
                _log.warning("%s: %s: %s", request.key, failure.kind, failure)
                raise ApplicationError(str(failure), type=failure.kind) from failure
            except OSError as error:
                _log.warning("%s: %s", request.key, error)
                raise ApplicationError(
                    f"the device worker cannot go on: {error}", type="HostFailure"
                ) from error
            finally:
                self.watches.discard(watch)

    def close(self) -> None:
        self.pulse.close()
        self.janitor.close()

    def _run(self, request: RunRequest, watch: Watch) -> RunReport:
        info = activity.info()
        watch.host, watch.past = self.host.name, past_of(request, info.attempt, info.heartbeat_details)
        try:
            known = self.host.unsent.find(request)
            report = self._sent(request, known, watch) if known else self._measured(request, watch)
        except Stopped:
            if not self._goes_on_elsewhere(watch):
                watch.forget(self.host.blobs)
            raise
        except RefusedRequest:
            watch.forget(self.host.blobs)
            raise
        watch.forget(self.host.blobs)
        return report

    def _measured(self, request: RunRequest, watch: Watch) -> RunReport:
        self.host.expect_run(watch.budget_seconds)
        scratch = Scratch(self.host.scratch, request.key)
        scratch.open()
        try:
            report = MeasuredRun(RunScope(request, self.host, watch, scratch)).report()
            seconds = report.seconds
            self.host.pace_of(request.device).add(seconds.run + seconds.measure + seconds.guards)
            return self._sent(request, report, watch)
        finally:
            self.janitor.remove(scratch)

    def _sent(self, request: RunRequest, report: RunReport, watch: Watch) -> RunReport:
        """The report, once all that it names is stored; else it waits here for the next attempt."""
        try:
            self.host.blobs.flush(watch.should_stop)
        except (InfrastructureFailure, Stopped):
            self.host.unsent.keep(request, report)
            raise
        self.host.unsent.forget(request)
        return report

    def _should_stop(self, watch: Watch) -> bool:
        return activity.is_cancelled() or self.host.stopping.is_set() or self._is_drained(watch)

    def _is_drained(self, watch: Watch) -> bool:
        """A drained host ends what has a device and hands back what waits for one."""
        return not watch.had_device and self.host.drain.is_on

    def _goes_down(self) -> bool:
        details = activity.cancellation_details()
        return self.host.stopping.is_set() or (details is not None and details.worker_shutdown)

    def _goes_on_elsewhere(self, watch: Watch) -> bool:
        return self._goes_down() or (not activity.is_cancelled() and self._is_drained(watch))

    def _stopped(self, watch: Watch) -> BaseException:
        """A worker that goes down hands the run to another; only a cancelled activity ends as cancelled."""
        if self._goes_down():
            soon = timedelta(milliseconds=100)
            return ApplicationError(
                "the device worker is going down", type="WorkerShutdown", next_retry_delay=soon
            )
        if not activity.is_cancelled() and self._is_drained(watch):
            # not before this host's own poll has ended, or it would get the run again
            later = timedelta(seconds=2)
            return ApplicationError("the host is drained", type="HostDraining", next_retry_delay=later)
        return CancelledError("the run was cancelled")


def _request(payload: dict[str, Any]) -> RunRequest:
    try:
        return RunRequest.model_validate(payload)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, at['loc']))}: {at['msg']}" for at in error.errors()[:5])
        raise ApplicationError(
            f"not a run request: {problems}", type="BadRequest", non_retryable=True
        ) from None


def _result(report: RunReport) -> dict[str, Any]:
    """NaN would wedge the workflow that decodes it, and a large result would be lost without a word."""
    result = report.model_dump(mode="json")
    size = len(json.dumps(result, allow_nan=False).encode())
    if size > LARGEST_RESULT:
        raise ApplicationError(f"a report of {size} bytes", type="ReportTooLarge", non_retryable=True)
    return result
