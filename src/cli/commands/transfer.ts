import type { LoopRecord } from '../../contract/ledger.js';
import type { TransferInput, TransferPlan } from '../../contract/transfer.js';
import { UserError } from '../../contract/user-error.js';
import { counted, formatDuration } from '../../domain/format.js';
import { LEAST_PAIRS } from '../../domain/transfer/compare.js';
import { transferBudget } from '../../domain/transfer/transfer-budget.js';
import { transferId } from '../../domain/transfer/transfer-names.js';
import { ensureDevices } from '../../embedded/index.js';
import { recordedTransfer } from '../../report/transfer/recorded-transfer.js';
import { transferText } from '../../report/transfer/transfer-text.js';
import { wholeNumber } from '../arguments.js';
import { defineCommand } from '../command.js';
import { cpuDevicesFor } from '../cpu-devices.js';
import { checkNamedServers, settingsOf, withEngine, withLedger, type Engine } from '../engine.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findRecord } from '../find-record.js';
import { JSON_FLAG } from '../json-flag.js';
import { uiAddress } from '../places.js';
import type { Terminal } from '../terminal.js';
import { runTransfer, startTransfer, unservedNotices } from '../transfer/run-transfer.js';
import { classesWanted, onlyWanted, PAIRS, planWanted, type Wanted } from '../transfer/transfer-wanted.js';

interface How {
  terminal: Terminal;
  json: boolean;
  detach: boolean;
  stop: boolean;
}

const budgetLine = (plan: TransferPlan, wanted: Wanted): string => {
  const { artifacts, runs, deviceSeconds } = transferBudget(plan, wanted);
  const most = `${counted(artifacts, 'artifact')} on ${counted(wanted.pairs, 'seed')}, on ${wanted.to.join(' and ')}`;
  return `  budget   at most ${counted(runs, 'run')} (${most}), about ${formatDuration(deviceSeconds)} of device time at the pace of ${plan.from}`;
};

const show = (record: LoopRecord, { terminal, json }: How): ExitCode => {
  const report = recordedTransfer(record);
  if (json) terminal.out(JSON.stringify(report, null, 2));
  else if (report !== null) terminal.out(transferText(report, terminal.columns));
  else terminal.out('Nothing of it was measured on another class yet: name some with --to.');
  return EXIT.ok;
};

const conduct = async (engine: Engine, input: TransferInput, how: How): Promise<ExitCode> => {
  const { terminal, json, detach, stop } = how;
  if (stop) {
    await engine.client.workflow.getHandle(input.id).cancel();
    terminal.err(`${input.id} is stopped: what was measured is in the ledger.`);
    return EXIT.ok;
  }
  const notices = await unservedNotices(engine, input.to);
  if (!json) {
    for (const text of notices) terminal.err(`  ! ${text}`);
    terminal.err(`  watch    ${uiAddress(engine.settings, input.id) ?? 'Temporal UI'} (Ctrl-C detaches)`);
  }
  if (detach) await startTransfer(engine, input);
  const result = detach ? null : await runTransfer(engine, input, { terminal, quiet: json });
  if (result === null) {
    terminal.err(`${input.id} goes on by itself; the same command joins it again.`);
    return EXIT.ok;
  }
  if (result.stopped !== null && !json) terminal.err(`  ! ${result.stopped}: what follows is not whole`);
  return show(await findRecord(engine.ledger, input.loop), how);
};

export const transfer = defineCommand({
  name: 'transfer',
  description: 'Measure what a loop has kept, whole and change by change, on other device classes',
  args: {
    loop: { type: 'positional', required: true, description: 'id of the loop' },
    to: {
      type: 'string',
      description: 'device classes; default: transfer.to of the task, else what was measured is shown',
      valueHint: 'classes',
    },
    pairs: {
      type: 'string',
      description: `seeds, each a run of every artifact (${String(PAIRS)})`,
      valueHint: 'n',
    },
    only: { type: 'string', description: 'only these kept changes, and the whole', valueHint: 'numbers' },
    plan: { type: 'boolean', description: 'say what it would cost, and run nothing' },
    detach: { type: 'boolean', alias: 'd', description: 'start it and return' },
    stop: { type: 'boolean', description: 'end it now, with what there is' },
    json: JSON_FLAG,
  },
  examples: [
    ['autolift transfer gpt/nov21 --to h100', 'is what was found on the RTX 4090 true on an H100?'],
    ['autolift transfer gpt/nov21 --to h100,mlx-m4-max-40c --pairs 20', 'on two classes, more surely'],
    ['autolift transfer gpt/nov21 --to h100 --plan', 'what that would cost'],
    ['autolift transfer gpt/nov21', 'what was measured so far'],
  ],
  notes: [
    'Incumbent, standing and branch of the loop are not touched. What was measured is never run again: after Ctrl-C, a',
    'crash or --stop the same command goes on. `autolift pause` and `resume` take its id. See docs/transfer.md.',
  ],
  run: async ({ loop, to, pairs, only, plan: planOnly, detach, stop, json }, terminal) => {
    const settings = settingsOf(terminal);
    const how: How = { terminal, json: json === true, detach: detach === true, stop: stop === true };
    const seeds = wholeNumber(pairs, '--pairs', LEAST_PAIRS);
    const record = await withLedger(settings, async (ledger) => findRecord(ledger, loop));
    const classes = classesWanted(record, to);
    const plan = planWanted(record, { to: classes });
    if (classes.length === 0 && (record.transfers ?? []).length > 0) return show(record, how);
    if (classes.length === 0)
      throw new UserError(
        'no device class is named',
        '--to',
        '`autolift fleet` lists those that are served.',
      );
    const { task } = record.loop.input;
    const wanted: Wanted = {
      to: classes,
      pairs: seeds ?? task.transfer?.pairs ?? PAIRS,
      ...onlyWanted(plan, only),
    };
    if (!how.json) terminal.err(budgetLine(plan, wanted));
    if (planOnly === true) {
      if (how.json) terminal.out(JSON.stringify({ ...wanted, ...transferBudget(plan, wanted) }, null, 2));
      return EXIT.ok;
    }
    const at = plan.changes.at(-1)?.experiment ?? 0;
    const id = transferId(record.loop.loop, { at, ...wanted });
    await checkNamedServers(settings);
    const cpuDevices = cpuDevicesFor({ ...task, run: { ...task.run, device: classes } });
    await ensureDevices(settings, { cpuDevices, models: false });
    const input: TransferInput = { v: 1, id, loop: record.loop.loop, ...wanted };
    return withEngine(settings, async (engine) => conduct(engine, input, how));
  },
});
