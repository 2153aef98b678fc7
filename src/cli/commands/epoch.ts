import type { LoopInput } from '../../contract/loop.js';
import type { EpochResult } from '../../contract/epoch.js';
import { UserError } from '../../contract/user-error.js';
import { ensureDevices } from '../../embedded/index.js';
import { epochText } from '../../report/terminal/epoch-text.js';
import { defineCommand } from '../command.js';
import { cpuDevicesFor } from '../cpu-devices.js';
import { checkNamedServers, settingsOf, withEngine, withLedger } from '../engine.js';
import { engineNotices } from '../engine-notices.js';
import { planEpoch, type EpochPlan } from '../epoch/plan-epoch.js';
import { runBridge } from '../epoch/run-bridge.js';
import { EXIT } from '../exit-codes.js';
import { runningLoops } from '../find-loop.js';
import { findRecord } from '../find-record.js';
import { probeDevice } from '../probe-device.js';
import { LOOP_FLAGS, overridesFromFlags } from '../loop-flags.js';
import { runLoop } from '../run-loop.js';
import { openRepository } from '../../storage/git/repository.js';
import type { Settings } from '../../workers/settings.js';
import { publishStart } from '../task/choose-remote.js';
import { overrideTask } from '../task/override-task.js';

/** The loop on the far side: the incumbent among the new evaluator's files, measured anew as its baseline. */
const nextLoop = (
  { old, input, forkedFrom }: EpochPlan,
  { decision, why, bridge, scores }: EpochResult,
): Omit<LoopInput, 'v' | 'loop' | 'tag'> => {
  const commit = scores.find(({ experiment }) => experiment === forkedFrom.experiment)?.commit ?? null;
  if (commit === null)
    throw new UserError(
      'the incumbent has editable files that are no text: it cannot be put among the new files',
      old.loop,
      'Commit it there yourself, then `autolift run`.',
    );
  const { task, source } = input.after;
  return {
    level: old.level,
    task: { ...task, seed: old.task.seed + forkedFrom.experiment + 1 },
    source: { ...source, baseCommit: commit },
    forkedFrom,
    ...(old.method === undefined ? {} : { method: old.method }),
    epoch: { number: input.epoch, previous: old.loop, decision, why, bridge },
  };
};

/** The old evaluator scores too, and may have been cleaned from the remote since its loop ended. */
const publishOld = async ({ old }: EpochPlan, { gitRemote }: Settings): Promise<void> => {
  const { repository, remote, evaluatorCommit: commit } = old.source;
  await publishStart(await openRepository(repository, gitRemote), remote, { task: old.task.name, commit });
};

export const epoch = defineCommand({
  name: 'epoch',
  description:
    'Go on with a loop under a changed evaluator: both score a reference set before anything is believed',
  args: {
    loop: { type: 'positional', required: true, description: 'id of the loop that the evaluator belongs to' },
    evaluator: {
      type: 'string',
      description: 'commit with the new evaluator; default: HEAD',
      valueHint: 'ref',
    },
    'new-scale': { type: 'boolean', description: 'go on even where the two are not one scale' },
    tag: { type: 'string', description: 'names the new loop and its branch; default: today' },
    ...LOOP_FLAGS,
  },
  examples: [
    ['autolift epoch sine/nov21', 'the evaluator as it is committed now'],
    [
      'autolift epoch sine/nov21 --evaluator v2 --new-scale',
      'that of a tag, as a scale of its own if need be',
    ],
  ],
  notes: [
    'Frozen artifacts of the loop, up to 40, are scored by both evaluators on the same seeds. The new loop starts from',
    'the incumbent, measured anew; scores of different epochs are never compared. Exit code 1 if it was not accepted.',
  ],
  run: async ({ loop, evaluator, tag, detach, json, 'new-scale': newScale, ...flags }, terminal) => {
    const settings = settingsOf(terminal);
    const overrides = overridesFromFlags(flags);
    const record = await withLedger(settings, async (ledger) => findRecord(ledger, loop));
    const local = settings.temporal.kind === 'embedded';
    const python = local ? ((await probeDevice(1).catch(() => null))?.python ?? null) : null;
    const plan = await planEpoch(record, { ref: evaluator ?? 'HEAD', python });
    const { task } = plan.input.before;
    await checkNamedServers(settings);
    await publishOld(plan, settings);
    await ensureDevices(settings, { cpuDevices: cpuDevicesFor(task), models: false });
    const quiet = json === true;
    const result = await withEngine(settings, async (engine) => {
      if ((await runningLoops(engine.client)).includes(plan.old.loop))
        throw new UserError('it is running', plan.old.loop, `\`autolift stop ${plan.old.loop}\` ends it.`);
      for (const text of await engineNotices(engine, task)) if (!quiet) terminal.err(`  ! ${text}`);
      return runBridge(engine, plan.input, { terminal, quiet });
    });
    if (result === null) {
      terminal.err('Detached; the bridge goes on, and the same command joins it.');
      return EXIT.ok;
    }
    if (quiet) terminal.out(JSON.stringify({ type: 'epoch', number: plan.input.epoch, ...result }));
    else terminal.out(epochText(plan.input, result));
    const accepted = result.decision === 'continue' || (result.decision === 'new-scale' && newScale === true);
    if (!accepted) return EXIT.failed;
    const input = nextLoop(plan, result);
    return runLoop(
      {
        input: { ...input, task: overrideTask(input.task, overrides) },
        repository: plan.repository,
        asked: tag,
      },
      { settings, terminal, notices: [], detach: detach === true, json: quiet },
    );
  },
});
