"""Puts a run's outcome into the report's form, small enough for a workflow's history."""

import platform
from typing import TYPE_CHECKING

from .contract import PhaseSeconds, RunReport
from .device_info import DeviceFacts, DeviceInfo
from .measure.metric import MOST_NAMES
from .measure.text import clean, shorten
from .measure.verdict import Verdict
from .run_facts import facts_of

if TYPE_CHECKING:
    from .measured_run import MeasuredRun

_MOST_LINES = 20
_LONGEST_LINE = 300
_LONGEST_DETAIL = 480


def report_of(run: "MeasuredRun", verdict: Verdict) -> RunReport:
    scope, ended, request = run.scope, run.ended, run.request
    device, facts = scope.device, facts_of(scope)
    course = run.training.course() if run.training else None
    if scope.start is not None and not scope.start.facts.warm:
        scope.note(f"started cold: {scope.start.facts.why or 'it never came to its start'}")
    if scope.lease is not None:
        scope.note(*scope.lease.notes)
    return RunReport(
        v=1,
        key=request.key,
        status=verdict.status,
        value=verdict.value,
        origin="measured" if request.evaluator else "reported",
        metrics=_metrics(run, verdict, facts),
        detail=_line(verdict.detail, _LONGEST_DETAIL),
        tail=run.tail(),
        log=run.log,
        evaluatorLog=run.evaluator_log,
        seconds=PhaseSeconds.model_validate({name: round(value, 6) for name, value in run.seconds.items()}),
        peakMemoryBytes=ended.peak_memory if ended else 0,
        exitCode=ended.exit_code if ended else None,
        device=DeviceInfo.model_validate(
            {
                "class": device.device_class,
                "name": device.name,
                "id": device.id,
                "host": scope.host.name,
                "python": platform.python_version(),
                "environment": run.environment,
                "facts": facts,
            }
        ),
        sandbox=scope.host.sandbox.kind,
        evaluatorHash=request.evaluator.hash if request.evaluator else None,
        tampering=[_line(text, _LONGEST_LINE) for text in run.tampering[:_MOST_LINES]],
        notes=[_line(text, _LONGEST_LINE) for text in scope.notes[:_MOST_LINES]],
        startedAt=run.started_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        course=course,
    )


def _metrics(run: "MeasuredRun", verdict: Verdict, facts: DeviceFacts | None) -> dict[str, float]:
    """What was seen, and what the worker knows itself; the decisive one is the report's value."""
    others = {name: value for name, value in verdict.metrics.items() if name != run.request.metric.name}
    kept = dict(list(others.items())[-(MOST_NAMES - 3) :])
    if run.ended is not None:
        kept |= {
            "peak_memory_bytes": float(run.ended.peak_memory),
            "run_seconds": round(run.ended.seconds, 6),
        }
    if facts is not None and facts.peakDeviceMemoryBytes is not None:
        kept["peak_device_memory_bytes"] = float(facts.peakDeviceMemoryBytes)
    return kept


def _line(text: str, units: int) -> str:
    return shorten(" ".join(clean(text.encode(errors="replace")).split()), units)
