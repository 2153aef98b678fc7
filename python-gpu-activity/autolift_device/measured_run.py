"""One measured run: check out, run, score, guard. A candidate can only end in a report."""

import contextlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from .checkout.globs import matcher
from .checkout.materialise import Checkout, Origin
from .checkout.sweep import sweep
from .contract import BlobRef, Phase, RunReport
from .devices.libraries import libraries_of
from .evaluation import Evaluation, judge_job
from .failures import RefusedCheckout
from .measure.claims import false_claims
from .measure.json_metric import read_json
from .measure.last_bytes import last_bytes, read_end
from .measure.mentions import mentions
from .measure.metric import Reading
from .measure.tampering import changed_files, created_files
from .measure.text import last_line, tail
from .measure.verdict import Verdict, failure_of, refusal_of
from .report import report_of
from .run_facts import peak_in_words
from .run_scope import RunScope, readable
from .sandbox.execute import Ended, Execution, Limits
from .sandbox.sandbox import Job
from .scratch import Room
from .training.training_run import TrainingRun

_MOST_NAMED = 10


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
        self.evaluated: Ended | None = None
        self.environment = ""
        self.end = b""
        self.training: TrainingRun | None = None
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
        """A device is held while commands run, and not longer."""
        self.scope.check_devices()
        with contextlib.ExitStack() as ready:
            with self._phase("prepare"):
                room, checkout = self._check_out()
                training = self.training = TrainingRun(self.scope, room.checkout)
                execution = self.scope.execution(
                    room, self._job(room, training), self.scope.warm_start(checkout)
                )
                ready.callback(execution.close)
                evaluation = self._evaluation(room, ready)
                execution.settle()
            with self.scope.leased():
                self.started_at = datetime.now(UTC)
                failure = self._run(execution, training)
                if failure or not (evaluation or self.request.guards):
                    self.scope.release()
                with self._phase("measure"):
                    self._look_for_tampering(room, checkout)
                    verdict = failure or self._measure(room, evaluation)
                # a run that failed by itself has its own name: what crashes may well leave children behind
                if self.tampering and not failure:
                    said = self.tampering if verdict.status == "ok" else [*self.tampering, verdict.detail]
                    verdict.status, verdict.detail = "tampered", "; ".join(said)
                if verdict.status == "ok" and self.request.guards:
                    with self._phase("guards"):
                        self._guard(verdict)
            if evaluation is not None and self.evaluated is not None:
                self.environment = evaluation.surroundings()
        self.log, self.evaluator_log = self._keep(self.ended), self._keep(self.evaluated)
        return verdict

    def _check_out(self) -> tuple[Room, Checkout]:
        room = self.scope.scratch.room("run")
        files = [origin for origin in self._candidate() if not self.is_hidden(origin.entry.path)]
        return room, self.scope.fill(room, files)

    def _candidate(self) -> list[Origin]:
        return self.scope.origins(self.request.source.commit)

    def _evaluation(self, room: Room, ready: contextlib.ExitStack) -> Evaluation | None:
        if self.request.evaluator is None:
            return None
        evaluation = Evaluation(self.scope, self.request.evaluator, room)
        ready.callback(evaluation.close)
        # without walls the candidate could change what is there before it ends
        if self.scope.host.sandbox.kind == "bwrap":
            evaluation.make_ready()
        return evaluation

    def _job(self, room: Room, training: TrainingRun) -> Job:
        run = self.request.run
        environment = self.scope.environment(room) | training.environment()
        self.scope.libraries = libraries_of(run.command, room.checkout, environment["PATH"])
        return Job(
            command=run.command,
            folder=room.checkout,
            environment=environment,
            temporary=room.temporary,
            network=run.network,
            memory=run.memoryBytes,
            rules=self.scope.candidate_rules(room),
        )

    def _run(self, execution: Execution, training: TrainingRun) -> Verdict | None:
        seconds, memory = training.seconds_left(), self.request.run.memoryBytes
        with self._phase("run"), self.scope.looking(), training.watching(execution):
            self.ended = self.scope.execute(execution, Limits(seconds, memory))
        self.end = last_bytes(self.ended.output)
        verdict = training.verdict(self.ended) or failure_of(self.ended, self.end, (seconds, memory))
        if verdict is not None and verdict.status == "out_of_memory":
            verdict.detail += peak_in_words(self.scope, self.ended)
        return verdict

    def _look_for_tampering(self, room: Room, checkout: Checkout) -> None:
        assert self.ended is not None
        self.tampering += changed_files(checkout, self.is_editable)
        if self.request.hidden:
            self.tampering += created_files(checkout, self.is_hidden, set(self._given(room)))
        if self.ended.left_running:
            count = self.ended.left_running
            self.tampering.append(f"left {count} background process{'' if count == 1 else 'es'} running")

    def _measure(self, room: Room, evaluation: Evaluation | None) -> Verdict:
        assert self.ended is not None
        metric = self.request.metric
        verdict = (self._sweep(room) or self._evaluate(evaluation)) if evaluation else None
        printed = read_end(None if evaluation else self.ended.output, self.end, metric.name)
        if verdict is None:
            reading = self._from_file(room) if metric.file else printed
            return _verdict(reading, printed.others, metric.name)
        verdict.metrics = printed.others | verdict.metrics
        if verdict.value is not None and not self.request.trustClaims:
            self._look_for_claims(self.ended.output, verdict.value)
        return verdict

    def _look_for_claims(self, output: Path, measured: float) -> None:
        """Honest code may print the metric as it sees it, but has not newly learnt to."""
        name = self.request.metric.name
        lies, plain = false_claims(output, name, measured)
        if plain and plain not in lies:
            if self._base_mentions(name):
                self.scope.note(f"{plain}: the task's own code knows {name}, so this is no tampering")
            else:
                lies.append(plain)
        self.tampering += lies

    def _base_mentions(self, name: str) -> bool:
        evaluator = self.request.evaluator
        assert evaluator is not None
        base = self.scope.origins(evaluator.commit)
        seen = (origin for origin in base if not self.is_hidden(origin.entry.path))
        return mentions(seen, name, evaluator.command)

    def _sweep(self, room: Room) -> Verdict | None:
        """Before anyone opens what the candidate left; None when that can be done."""
        try:
            removed = sweep(room.checkout, self._given(room))
        except RefusedCheckout as refused:
            return Verdict("crash", str(refused))
        self.scope.note(*removed[:_MOST_NAMED])
        if len(removed) > _MOST_NAMED:
            self.scope.note(f"removed before the evaluation: {len(removed) - _MOST_NAMED} more of these")
        return None

    def _given(self, room: Room) -> dict[str, str]:
        """Links that the run found in its checkout, and where they lead."""
        return {os.path.relpath(place, room.checkout): to for place, to in readable(self.request, room)}

    def _evaluate(self, evaluation: Evaluation) -> Verdict:
        room, ended = evaluation.run()
        self.evaluated = ended
        if not self.request.guards:
            self.scope.release()
        end = last_bytes(ended.output)
        evaluator = evaluation.evaluator
        refusal = refusal_of(ended, end, (evaluator.command, evaluator.timeoutSeconds))
        if refusal is not None:
            return refusal
        printed = read_end(ended.output, end, self.request.metric.name)
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
            execution = self.scope.execution(room, judge_job(self.scope, room, guard.command, {}))
            ended = self.scope.execute(execution, Limits(guard.timeoutSeconds))
            if ended.why == "exit" and ended.exit_code == 0:
                continue
            said = "took too long" if ended.why == "timeout" else last_line(last_bytes(ended.output))
            verdict.status = "guard_failed"
            verdict.detail = f"`{guard.command}`: {said or f'exit code {ended.exit_code}'}"
            return

    def _from_file(self, room: Room) -> Reading:
        metric = self.request.metric
        return read_json(room.checkout, metric.file or "", metric.key or metric.name)

    def _keep(self, ended: Ended | None) -> BlobRef | None:
        return self.scope.host.blobs.put(ended.output) if ended else None

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


def _verdict(reading: Reading, also: dict[str, float], name: str) -> Verdict:
    status = reading.problem or "ok"
    return Verdict(
        status, reading.detail or f"{name} = {reading.value:g}", reading.value, also | reading.others
    )
