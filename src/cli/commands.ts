import type { Command } from './command.js';

interface Entry {
  /** one line for the overview */
  what: string;
  load: () => Promise<Command>;
}

/** Every command, loaded when it is asked for: help and mistakes are answered without the client libraries. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  init: {
    what: 'write a task.yaml by looking at a folder',
    load: async () => (await import('./commands/init.js')).init,
  },
  run: {
    what: 'run a task to the end of its budget',
    load: async () => (await import('./commands/run.js')).run,
  },
  fork: {
    what: 'start a new loop from an experiment of an old one',
    load: async () => (await import('./commands/fork.js')).fork,
  },
  epoch: {
    what: 'go on with a loop under a changed evaluator',
    load: async () => (await import('./commands/epoch.js')).epoch,
  },
  method: {
    what: 'show, compare, export or import a method',
    load: async () => (await import('./commands/method.js')).method,
  },
  ablate: {
    what: 'compare ways to search, arm by arm',
    load: async () => (await import('./commands/ablate.js')).ablate,
  },
  memory: {
    what: 'search, export or wipe what loops have learnt',
    load: async () => (await import('./commands/memory.js')).memory,
  },
  loops: { what: 'list the loops', load: async () => (await import('./commands/loops.js')).loops },
  status: { what: 'what a loop is doing', load: async () => (await import('./commands/status.js')).status },
  watch: { what: 'follow a loop live', load: async () => (await import('./commands/watch.js')).watch },
  pause: {
    what: 'let no new experiment start',
    load: async () => (await import('./commands/pause.js')).pause,
  },
  resume: { what: 'go on after a pause', load: async () => (await import('./commands/resume.js')).resume },
  stop: {
    what: 'end a loop, finishing or cancelling what runs',
    load: async () => (await import('./commands/stop.js')).stop,
  },
  steer: {
    what: 'give the next proposals a hint',
    load: async () => (await import('./commands/steer.js')).steer,
  },
  budget: { what: "change a loop's budget", load: async () => (await import('./commands/budget.js')).budget },
  approve: {
    what: 'keep a candidate that waits for approval',
    load: async () => (await import('./commands/approve.js')).approve,
  },
  reject: {
    what: 'discard a candidate that waits for approval',
    load: async () => (await import('./commands/reject.js')).reject,
  },
  export: {
    what: 'write the experiments as TSV, CSV or JSON',
    load: async () => (await import('./commands/export.js')).exportLedger,
  },
  noise: {
    what: "measure a task's noise",
    load: async () => (await import('./commands/noise.js')).noise,
  },
  transfer: {
    what: 'measure what was kept on other device classes',
    load: async () => (await import('./commands/transfer.js')).transfer,
  },
  mechanism: {
    what: 'check a search mechanism, or list the library',
    load: async () => (await import('./commands/mechanism.js')).mechanism,
  },
  replay: {
    what: 'recompute verdicts under another rule',
    load: async () => (await import('./commands/replay.js')).replayRecord,
  },
  report: {
    what: 'write the report page or the curve',
    load: async () => (await import('./commands/report.js')).report,
  },
  up: {
    what: 'start servers and workers, and leave them running',
    load: async () => (await import('./commands/up.js')).up,
  },
  down: { what: 'stop what up started', load: async () => (await import('./commands/down.js')).down },
  worker: {
    what: 'run one worker in the foreground, for fleets',
    load: async () => (await import('./commands/worker.js')).worker,
  },
  fleet: {
    what: 'hosts, devices and what runs where; drain a host',
    load: async () => (await import('./commands/fleet.js')).fleet,
  },
  log: {
    what: 'print what a run has written',
    load: async () => (await import('./commands/log.js')).log,
  },
  remote: {
    what: 'list or clean what loops have put on the git remote',
    load: async () => (await import('./commands/remote.js')).remote,
  },
  vault: {
    what: "list the steward's vaults, or seal one",
    load: async () => (await import('./commands/vault.js')).vault,
  },
  reserve: {
    what: 'open a reserve and print its number, once',
    load: async () => (await import('./commands/reserve.js')).reserve,
  },
  audit: {
    what: "verify and replay the steward's audit log",
    load: async () => (await import('./commands/audit.js')).audit,
  },
  doctor: {
    what: 'check what this machine has',
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
};
