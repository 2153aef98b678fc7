"""What the steps of one run share: its request, its folders and how it executes a command."""

import contextlib
import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from .checkout.git_objects import Entry, GitObjects
from .checkout.materialise import Checkout, Origin, materialise
from .checkout.repositories import common_git_dir, local_git_dir
from .contract import RunRequest
from .devices.device import Device
from .devices.device_watch import DeviceWatch
from .devices.lease import Lease
from .devices.pool import DevicePool, Wish
from .host import Host
from .sandbox.environment import command_environment, device_environment
from .sandbox.execute import Ended, Execution, Limits
from .sandbox.output import OutputLog
from .sandbox.sandbox import Job
from .sandbox.secrets import hidden_by_task, network_rules
from .sandbox.view import Rule
from .scratch import Room, Scratch
from .warm.gate import Ahead
from .warm.warm_execution import Start, WarmExecution
from .watch import Watch


@dataclass(slots=True)
class RunScope:
    request: RunRequest
    host: Host
    watch: Watch
    scratch: Scratch
    notes: list[str] = field(default_factory=list)
    lease: Lease | None = None
    of_host: list[Rule] | None = None
    device_watch: DeviceWatch | None = None
    libraries: dict[str, str] = field(default_factory=dict)
    start: Start | None = None

    @contextlib.contextmanager
    def leased(self) -> Iterator[None]:
        """Waits for a device; it is given back at the end of the block, or by `release` before."""
        self.watch.enter("waiting")
        wish = Wish(self.request.loop, self.request.devices)
        with self.pool.lease(self.watch, wish) as self.lease:
            self.device_watch = DeviceWatch(self.lease.occupancies)
            self.watch.device_memory = self.device_watch.used
            self.watch.hold(*((device.device_class, device.id) for device in self.lease.devices))
            try:
                yield
            finally:
                self.watch.hold()

    def release(self) -> None:
        self.watch.hold()
        if self.lease is not None:
            self.lease.release()

    @property
    def pool(self) -> DevicePool:
        return self.host.pool_of(self.request.device)

    def check_devices(self) -> None:
        """Refuses what no device of this host can do, before anything is made ready for it."""
        self.pool.check(self.request.devices)

    def looking(self) -> contextlib.AbstractContextManager[None]:
        """Watches the devices for what the report tells of them."""
        return self.device_watch.looking() if self.device_watch else contextlib.nullcontext()

    @property
    def device(self) -> Device:
        """The one that the run had; of a run that needed none, what this host has."""
        if self.lease is not None:
            return self.lease.device
        return replace(self.pool.devices[0], id="none")

    def tree(self, commit: str) -> tuple[GitObjects, list[Entry]]:
        source = self.request.source
        wanted = (commit, source.prefix.strip("/"))
        return self.host.repositories.entries(source.remote, wanted, self.watch.should_stop)

    def origins(self, commit: str) -> list[Origin]:
        objects, entries = self.tree(commit)
        return [Origin(entry, objects) for entry in entries]

    def fill(self, room: Room, origins: list[Origin]) -> Checkout:
        """Writes the files, then links what the task lets runs read beside them."""
        checkout = materialise(origins, room.checkout, self.host.large)
        self.note(*checkout.notes)
        self.note(*link_readable(self.request, room))
        return checkout

    def execution(self, room: Room, job: Job, start: Start | None = None) -> Execution:
        """The command, ready to go where that does not take a certain device."""
        log = OutputLog(room.output)
        execution = WarmExecution(start, self.watch, log, job) if start else Execution(self.watch, log, job)
        nodes = self.pool.common_nodes if self.lease is None else self.device.nodes
        if nodes is not None:
            self._make_ready(execution, nodes)
        return execution

    def execute(self, execution: Execution, limits: Limits) -> Ended:
        """Runs it on the device that is held."""
        try:
            if not execution.is_ready:
                self._make_ready(execution, self.device.nodes)
            ended = execution.run(limits, device_environment(self.device))
        finally:
            execution.close()
        if ended.omitted_bytes:
            self.note(f"output of {ended.output_bytes} bytes: {ended.omitted_bytes} in the middle left out")
        return ended

    def warm_start(self, checkout: Checkout) -> Start | None:
        """How the candidate starts where the task wants it warm: what all devices have alike is known."""
        warm = self.request.run.warm
        if warm is not None:
            environments = {device.environment for device in self.pool.devices}
            known = dict(environments.pop()) if len(environments) == 1 else {}
            self.start = Start(Ahead(tuple(warm.imports), known), checkout)
        return self.start

    def _make_ready(self, execution: Execution, nodes: tuple[str, ...]) -> None:
        execution.make_ready(self.host.sandbox, nodes, self.scratch.note_process)

    def environment(self, room: Room) -> dict[str, str]:
        made = command_environment(self.request, room, self.device.device_class)
        walled = self.host.sandbox.kind == "bwrap"
        return made | {"TMPDIR": "/tmp" if walled else str(room.temporary)}

    def rules(self, room: Room) -> list[Rule]:
        """What any command of this run sees: no repository, no keys, its own three folders."""
        own = [room.checkout, room.home]
        return [
            *self._host_rules(),
            *_repository_rules(self.request),
            *(Rule(target, "show") for _, target in readable(self.request, room)),
            *(Rule(str(folder), "write") for folder in own),
            Rule("/tmp", "write", str(room.temporary)),
        ]

    def _host_rules(self) -> list[Rule]:
        if self.of_host is None:
            self.of_host = self.host.rules()
        return self.of_host

    def candidate_rules(self, room: Room) -> list[Rule]:
        run = self.request.run
        hidden, notes = hidden_by_task(run.hide)
        self.note(*notes)
        return [*(network_rules() if run.network else []), *self.rules(room), *hidden]

    def note(self, *texts: str) -> None:
        self.notes.extend(text for text in texts if text not in self.notes)


def readable(request: RunRequest, room: Room) -> list[tuple[Path, str]]:
    """Each existing `run.read` entry: where its link belongs, and the host's path that it leads to."""
    found = []
    for entry in request.run.read:
        if entry.startswith("~/"):
            relative, base = os.path.normpath(entry[2:]), os.path.expanduser("~")
            place = room.home
        else:
            relative, base = os.path.normpath(entry), request.taskFolder or ""
            place = room.checkout
        inside = relative != "." and not relative.startswith(("/", "../")) and relative != ".."
        target = os.path.realpath(os.path.join(base, relative)) if inside and base else ""
        if target and os.path.exists(target):
            found.append((place / relative, target))
    return found


def link_readable(request: RunRequest, room: Room) -> list[str]:
    notes = []
    linked = readable(request, room)
    if len(linked) < len(request.run.read):
        notes.append("read: some entries are not on this host: " + ", ".join(request.run.read))
    for place, target in linked:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(target)
        except FileExistsError:
            notes.append(f"read: {place.name} is in the checkout already")
    return notes


def _repository_rules(request: RunRequest) -> list[Rule]:
    """Hides the repository's history and the user's copy of the task: they hold hidden files."""
    hidden = [request.taskFolder] if request.taskFolder else []
    git_dir = local_git_dir(request.source.remote.removeprefix("file://"))
    if git_dir is not None:
        shared = common_git_dir(git_dir)
        hidden += [str(git_dir), str(shared)]
        if shared.name == ".git":
            hidden.append(os.path.join(shared.parent, request.source.prefix))
            hidden += glob.glob(os.path.join(glob.escape(str(shared.parent)), ".env*"))
    return [Rule(os.path.realpath(path), "hide") for path in hidden if os.path.exists(path)]
