"""The protected evaluator: run in folders of its own, with the candidate's checkout and output to look at."""

from .checkout.pin import evaluator_hash
from .contract import Evaluator
from .failures import RefusedRequest
from .run_scope import RunScope
from .sandbox.execute import Ended, Execution, Limits
from .sandbox.sandbox import Job
from .sandbox.view import Rule
from .scratch import Room


class Evaluation:
    def __init__(self, scope: RunScope, evaluator: Evaluator, candidate: Room) -> None:
        self.scope, self.evaluator, self.candidate = scope, evaluator, candidate
        self.room: Room | None = None
        self._execution: Execution | None = None
        self._job: Job | None = None

    def make_ready(self) -> None:
        """Checks that it is the pinned one, and fills its folders."""
        room = self.room = self.scope.scratch.room("evaluator")
        evaluator = self.evaluator
        files = self.scope.origins(evaluator.commit)
        found = evaluator_hash(evaluator.command, files, self.scope.request.editable, self.scope.host.large)
        if found != evaluator.hash:
            message = f"the evaluator of {evaluator.commit[:12]} has the hash {found}, not {evaluator.hash}"
            raise RefusedRequest("EvaluatorHashMismatch", message)
        self.scope.fill(room, files)
        self.candidate.output.touch()
        shown = {"AUTOLIFT_CANDIDATE": self.candidate.checkout, "AUTOLIFT_RUN_LOG": self.candidate.output}
        told = {name: str(path) for name, path in shown.items()}
        self._job = judge_job(self.scope, room, evaluator.command, told)
        self._execution = self.scope.execution(room, self._job)

    def run(self) -> tuple[Room, Ended]:
        if self._execution is None:
            self.make_ready()
        assert self._execution is not None
        assert self.room is not None
        return self.room, self.scope.execute(self._execution, Limits(self.evaluator.timeoutSeconds))

    def surroundings(self) -> str:
        """Of an evaluator that has run: what changed before its end is seen."""
        return "" if self._job is None else self.scope.host.surroundings.of(self._job)

    def close(self) -> None:
        if self._execution is not None:
            self._execution.close()


def judge_job(scope: RunScope, room: Room, command: str, shown: dict[str, str]) -> Job:
    """A command of the task's author, with variables that name what it is shown of the candidate."""
    return Job(
        command=command,
        folder=room.checkout,
        environment=scope.environment(room) | shown,
        temporary=room.temporary,
        rules=[*scope.rules(room), *(Rule(path, "show") for path in shown.values())],
    )
