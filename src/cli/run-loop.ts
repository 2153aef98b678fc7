import { availableParallelism } from 'node:os';
import type { LoopInput } from '../contract/loop.js';
import { branchName } from '../contract/names.js';
import { ensureDevices } from '../embedded/index.js';
import type { Settings } from '../workers/settings.js';
import { asksModels } from './asks-models.js';
import { branchNotices } from './branch-notice.js';
import { checkVault } from './check-vault.js';
import { conclude } from './conclude.js';
import { checkNamedServers, withEngine } from './engine.js';
import { engineNotices } from './engine-notices.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { epochNotices } from './epoch/epoch-notice.js';
import { runningLoops } from './find-loop.js';
import { follow } from './follow.js';
import { launch, type Launch } from './launch.js';
import { machineNotices, takenNotices } from './machine-notices.js';
import { openingLines } from './opening-line.js';
import { ownCommand } from './own-command.js';
import { sandboxLine } from './probe-device.js';
import { withChildren } from './research/children-of-fleet.js';
import { uiAddress } from './places.js';
import { jsonLine, jsonViewer, lineViewer } from './run-viewer.js';
import type { Terminal } from './terminal.js';
import { cpuDevicesFor } from './cpu-devices.js';

export interface RunOptions {
  settings: Settings;
  terminal: Terminal;
  notices: readonly string[];
  detach: boolean;
  json: boolean;
}

/** What is measured by research runs nothing itself; the loops below it do. */
const cpuDevicesOf = ({ task, research }: Pick<LoopInput, 'task' | 'research'>): number =>
  research === undefined
    ? cpuDevicesFor(task)
    : task.concurrency *
      research.parallel *
      Math.max(...research.tasks.map((below) => cpuDevicesFor(below.task)));

/** Starts what is missing of the engine and a loop on it, tells what it does, and follows it unless told to detach. */
export const runLoop = async (what: Launch, options: RunOptions): Promise<ExitCode> => {
  const { settings, terminal, detach, json } = options;
  const sandbox = json || settings.temporal.kind === 'external' ? Promise.resolve(null) : sandboxLine();
  await checkNamedServers(settings);
  const { task: wanted } = what.input;
  // whose key is named is a steward elsewhere; one beside it would answer in its place
  const steward = wanted.holdout !== undefined && settings.steward.publicKey === null;
  const needs = {
    cpuDevices: cpuDevicesOf(what.input),
    models: asksModels(wanted),
    steward,
  };
  const machine = await ensureDevices(settings, needs);
  const ofMachine = machineNotices(wanted, machine, availableParallelism());
  await checkVault(settings, wanted);
  return withEngine(settings, async (engine) => {
    const waits = await engineNotices(engine, wanted);
    const ofEpoch = await epochNotices(engine, what.input);
    const others = machine.taken.length > 0 && (await runningLoops(engine.client)).length > 0;
    const study = await withChildren(engine, what.input, machine.cpuDevices);
    const begun = await launch(engine, { ...what, input: { ...what.input, ...study } });
    const { loop, tag } = begun;
    const checkedOut = await branchNotices(what.repository, branchName(tag));
    const taken = others ? takenNotices(machine) : [];
    const notices = [...options.notices, ...ofMachine, ...taken, ...waits, ...ofEpoch, ...checkedOut];
    const ui = uiAddress(settings, loop);
    if (json) {
      for (const text of notices) jsonLine(terminal, 'notice', { text });
      jsonLine(terminal, 'started', { loop, tag, branch: branchName(tag), ui });
    } else {
      terminal.out(openingLines(begun, await sandbox));
      for (const text of notices) terminal.err(`  ! ${text}`);
      terminal.out(`  watch    ${ui ?? 'Temporal UI'}${detach ? '' : ' (Ctrl-C detaches)'}\n`);
    }
    const command = ownCommand(terminal);
    if (detach) {
      if (!json)
        terminal.out(`It runs in the background: \`${command} watch ${loop}\`, \`${command} stop ${loop}\`.`);
      return EXIT.ok;
    }
    const viewer = json ? jsonViewer(terminal) : lineViewer(terminal);
    const ending = await follow(engine, { loop, terminal, viewer });
    return conclude(engine, ending, { loop, terminal, json });
  });
};
