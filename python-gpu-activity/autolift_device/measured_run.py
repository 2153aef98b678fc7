"""One measured run: check out, run, score, guard. A candidate can only end in a report."""

import contextlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from .checkout.globs import matcher
from .checkout.materialise import Checkout, Origin
from .checkout.pin import evaluator_hash
from .contract import BlobRef, Evaluator, Phase, RunReport
from .failures import RefusedCheckout, RefusedRequest
from .measure.json_metric import read_json
from .measure.metric import Reading, read_output
from .measure.tampering import changed_files, false_claims
from .measure.text import last_line, tail
from .measure.verdict import Verdict, failure_of, refusal_of
from .report import report_of
from .run_scope import RunScope
from .sandbox.execute import Ended, Limits
from .sandbox.sandbox import Job
from .sandbox.view import Rule
from .scratch import Room

_END = 1 << 20


class MeasuredRun:
    def __init__(self, scope: RunScope) -> None:
        self.scope = scope
        self.request = scope.request
        self.is_editable = matcher(self.request.editable)
        self.is_hidden = matcher(self.request.hidden)
        self.started_at = datetime.now(UTC)
        self.seconds: dict[Phase, float] = dict.fromkeys(("prepare", "run", "measure", "guards"), 0.0)
        self.tampering: list[str] = []
        self.ended: Ended | None = None
        self.end = b""
        self.log: BlobRef | None = None
        self.evaluator_log: BlobRef | None = None

    def report(self) -> RunReport:
        if self.scope.host.sandbox.warning:
            self.scope.note(self.scope.host.sandbox.warning)
        try:
            verdict = self._judge()
        except RefusedCheckout as refused:
            verdict = Verdict("crash", f"checkout refused: {refused}")
        return report_of(self, verdict)

    def _judge(self) -> Verdict:
        request = self.request
        with self._phase("prepare"):
            room = self.scope.scratch.room("run")
            files = [origin for origin in self._candidate() if not self.is_hidden(origin.entry.path)]
            checkout = self.scope.fill(room, files)
        with self._phase("run"):
            self.ended = self._run(room)
        failure = failure_of(self.ended, self.end, (request.run.timeoutSeconds, request.run.memoryBytes))
        with self._phase("measure"):
            self._look_for_tampering(checkout)
            verdict = failure or self._measure(room)
        if verdict.status == "ok" and self.tampering:
            verdict.status, verdict.detail = "tampered", "; ".join(self.tampering)
        if verdict.status == "ok" and request.guards:
            with self._phase("guards"):
                self._guard(verdict)
        return verdict

    def _candidate(self) -> list[Origin]:
        return self.scope.origins(self.request.source.commit)

    def _run(self, room: Room) -> Ended:
        run = self.request.run
        job = Job(
            command=run.command,
            folder=room.checkout,
            environment=self.scope.environment(room),
            temporary=room.temporary,
            network=run.network,
            nodes=self.scope.device.nodes,
            rules=self.scope.candidate_rules(room),
        )
        ended = self.scope.execute(room, job, Limits(run.timeoutSeconds, run.memoryBytes))
        self.end = last_bytes(ended.output)
        self.log = self._keep(ended)
        return ended

    def _look_for_tampering(self, checkout: Checkout) -> None:
        assert self.ended is not None
        self.tampering += changed_files(checkout, self.is_editable)
        if self.ended.left_running:
            count = self.ended.left_running
            self.tampering.append(f"left {count} background process{'' if count == 1 else 'es'} running")

    def _measure(self, room: Room) -> Verdict:
        assert self.ended is not None
        metric, output = self.request.metric, self.ended.output
        printed = _read(output, self.end, metric.name)
        if self.request.evaluator is None:
            reading = self._from_file(room) if metric.file else printed
            return _verdict(reading, printed.others, self.request.metric.name)
        verdict = self._evaluate(self.request.evaluator, room)
        verdict.metrics = printed.others | verdict.metrics
        if verdict.value is not None and not self.request.trustClaims:
            self.tampering += false_claims(self.end, metric.name, verdict.value)
        return verdict

    def _evaluate(self, evaluator: Evaluator, candidate: Room) -> Verdict:
        """In folders of its own, with the candidate's checkout and output to look at."""
        assert self.ended is not None
        room = self.scope.scratch.room("evaluator")
        files = self.scope.origins(evaluator.commit)
        found = evaluator_hash(evaluator.command, files, self.request.editable, self.scope.host.large)
        if found != evaluator.hash:
            message = f"the evaluator of {evaluator.commit[:12]} has the hash {found}, not {evaluator.hash}"
            raise RefusedRequest("EvaluatorHashMismatch", message)
        self.scope.fill(room, files)
        shown = [str(candidate.checkout), str(self.ended.output)]
        told = {"AUTOLIFT_CANDIDATE": shown[0], "AUTOLIFT_RUN_LOG": shown[1]}
        ended = self._judge_command(room, evaluator.command, (evaluator.timeoutSeconds, shown, told))
        self.evaluator_log = self._keep(ended)
        end = last_bytes(ended.output)
        refusal = refusal_of(ended, end, (evaluator.command, evaluator.timeoutSeconds))
        if refusal is not None:
            return refusal
        printed = _read(ended.output, end, self.request.metric.name)
        reading = self._from_file(room) if self.request.metric.file else printed
        return _verdict(reading, printed.others, self.request.metric.name)

    def _guard(self, verdict: Verdict) -> None:
        """On a fresh copy: the candidate's editable files among the protected ones of the base."""
        evaluator = self.request.evaluator
        candidate = self._candidate()
        base = self.scope.origins(evaluator.commit) if evaluator else candidate
        mixed = [origin for origin in candidate if self.is_editable(origin.entry.path)]
        mixed += [origin for origin in base if not self.is_editable(origin.entry.path)]
        for number, guard in enumerate(self.request.guards):
            self.scope.watch.enter("guards")
            room = self.scope.scratch.room(f"guard-{number}")
            self.scope.fill(room, mixed)
            ended = self._judge_command(room, guard.command, (guard.timeoutSeconds, [], {}))
            if ended.why == "exit" and ended.exit_code == 0:
                continue
            said = "took too long" if ended.why == "timeout" else last_line(last_bytes(ended.output))
            verdict.status = "guard_failed"
            verdict.detail = f"`{guard.command}`: {said or f'exit code {ended.exit_code}'}"
            return

    def _judge_command(self, room: Room, command: str, how: tuple[float, list[str], dict[str, str]]) -> Ended:
        seconds, shown, told = how
        job = Job(
            command=command,
            folder=room.checkout,
            environment=self.scope.environment(room) | told,
            temporary=room.temporary,
            nodes=self.scope.device.nodes,
            rules=[*self.scope.rules(room), *(Rule(path, "show") for path in shown)],
        )
        return self.scope.execute(room, job, Limits(seconds))

    def _from_file(self, room: Room) -> Reading:
        metric = self.request.metric
        return read_json(room.checkout, metric.file or "", metric.key or metric.name)

    def _keep(self, ended: Ended) -> BlobRef | None:
        return self.scope.host.blobs.put(ended.output)

    @contextlib.contextmanager
    def _phase(self, name: Phase) -> Iterator[None]:
        self.scope.watch.enter(name)
        begin = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = time.monotonic() - begin

    def tail(self) -> str:
        return tail(self.end)


def last_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _END))
        return file.read()


def _read(output: Path, end: bytes, name: str) -> Reading:
    return read_output(end, name, output.read_bytes if len(end) == _END else None)


def _verdict(reading: Reading, also: dict[str, float], name: str) -> Verdict:
    status = reading.problem or "ok"
    return Verdict(
        status, reading.detail or f"{name} = {reading.value:g}", reading.value, also | reading.others
    )
