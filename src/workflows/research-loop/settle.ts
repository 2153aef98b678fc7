import { condition } from '@temporalio/workflow';
import type { SettleRequest } from '../../contract/activities.js';
import type { Incumbent } from '../../contract/loop.js';
import { lessonSource } from '../../domain/memory/lesson-source.js';
import { settle } from './activities.js';
import { failureText } from './failure-text.js';
import type { Loop, SettledExperiment } from './loop.js';
import { transferKept } from './transfer/begin-transfer.js';

const MAX_BATCH = 64;

const keptIn = (batch: readonly SettledExperiment[]): number[] =>
  batch.flatMap(({ outcome, experiment }) => (outcome === 'keep' && experiment > 0 ? [experiment] : []));

const describe = (batch: SettledExperiment[]): string => {
  const kept = batch.find(({ outcome }) => outcome === 'keep');
  if (kept !== undefined) {
    return `keep experiment ${String(kept.experiment)}: ${kept.idea}, ${kept.reason}`.slice(0, 200);
  }
  const [first] = batch;
  if (first === undefined) return 'loop events';
  if (batch.length === 1) {
    return `${first.outcome} experiment ${String(first.experiment)}: ${first.reason}`.slice(0, 200);
  }
  return `settle ${String(batch.length)} experiments from ${String(first.experiment)}`;
};

/** The branch goes back with the batch that writes the last row from before; what came after waits for the next. */
const takeRevert = (loop: Loop, rows: number): Pick<SettleRequest, 'revert'> => {
  if (loop.reverting === null) return {};
  const { experiment, to, after } = loop.reverting;
  loop.reverting = after > rows ? { experiment, to, after: after - rows } : null;
  return loop.reverting === null ? { revert: { experiment, to } } : {};
};

/** Whoever stopped it sees where its keeps are. */
const tellLeft = (loop: Loop, left: string): void => {
  if (loop.stopping?.includes(left) === true) return;
  loop.stopping = `${loop.stopping ?? ''}; ${left}`;
  if (loop.state.phase === 'stopping') loop.state = { ...loop.state, note: loop.stopping };
};

const writeBatch = async (loop: Loop): Promise<void> => {
  const { loop: id, tag, source } = loop.input;
  const before = loop.state.branchTip ?? source.baseCommit;
  const { reverting } = loop;
  const experiments = loop.toSettle.splice(0, Math.min(MAX_BATCH, reverting?.after ?? MAX_BATCH));
  const events = loop.events.splice(0);
  const { revert } = takeRevert(loop, experiments.length);
  const memory = lessonSource(loop.input);
  loop.settling = experiments.length + events.length;
  try {
    const { promotion, incumbent: ours } = loop.state;
    const head = promotion === null || ours === null ? {} : { head: ours.branchCommit };
    const result = await settle.executeWithOptions({ summary: describe(experiments) }, [
      {
        loop: id,
        tag,
        source,
        tip: before,
        experiments,
        events,
        ...head,
        ...(revert === undefined ? {} : { revert }),
        ...(memory === null ? {} : { memory }),
        ...(loop.leaving ? { leaving: true } : {}),
      },
    ]);
    loop.state = { ...loop.state, branchTip: result.tip };
    if (result.left !== undefined) tellLeft(loop, result.left);
    const onBranch = (one: Incumbent | null): Incumbent | null =>
      one === null
        ? null
        : { ...one, branchCommit: result.branchCommits[one.experiment] ?? one.branchCommit };
    const { incumbent, trunk, rent } = loop.state;
    loop.state = { ...loop.state, incumbent: onBranch(incumbent), trunk: onBranch(trunk) };
    if (rent !== undefined) loop.state.rent = { ...rent, paid: onBranch(rent.paid) ?? rent.paid };
    if (loop.input.task.transfer !== undefined) await transferKept(loop, keptIn(experiments));
  } catch (error) {
    loop.toSettle.unshift(...experiments);
    loop.events.unshift(...events);
    loop.reverting = reverting;
    loop.halt(`the record could not be written: ${failureText(error)}`);
    await condition(() => loop.state.phase !== 'paused');
  } finally {
    loop.settling = 0;
    loop.changed = true;
  }
};

/** Writes verdicts and events in order, many at a time when they come fast; ends with the run. */
export const settleForever = async (loop: Loop, isOver: () => boolean): Promise<void> => {
  for (;;) {
    await condition(() => loop.toSettle.length + loop.events.length > 0 || isOver());
    if (loop.toSettle.length + loop.events.length === 0) return;
    await writeBatch(loop);
  }
};
