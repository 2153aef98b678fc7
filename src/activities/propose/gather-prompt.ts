import type { Outcome } from '../../contract/outcome.js';
import type { Repository } from '../../storage/git/index.js';
import type { HistoryEntry } from '../../storage/ledger/index.js';
import type { PromptInput } from '../../domain/proposers/prompt/prompt-input.js';
import { withoutWord } from '../../domain/validation/holdout-words.js';
import { isBetter } from '../../domain/score.js';
import type { Session } from './session.js';

/** How far back the memory of failures reaches. */
const REMEMBERED = 400;
const KEEPS = 3;
const CRASHES = 2;
const FAILED: readonly Outcome[] = [
  'crash',
  'timeout',
  'out_of_memory',
  'no_metric',
  'not_finite',
  'guard_failed',
];

const readKeeps = async (
  repository: Repository,
  { request }: Session,
  past: readonly HistoryEntry[],
): Promise<PromptInput['keeps']> => {
  const { direction } = request.task.measure.metric;
  const keeps = past.filter((row) => row.outcome === 'keep' && row.experiment > 0 && row.value !== null);
  keeps.sort((a, b) =>
    isBetter({ value: a.value ?? 0, direction }, { value: b.value ?? 0, direction }) ? -1 : 1,
  );
  const diffs = keeps.slice(0, KEEPS).map(async ({ experiment, base, commit }) => ({
    experiment,
    diff: await repository.diff(base, commit ?? base, { prefix: request.source.prefix, maxBytes: 4000 }),
  }));
  return await Promise.all(diffs);
};

/** The row whose files are the base's: the last keep, a provisional one, or the baseline. */
const standing = (past: readonly HistoryEntry[], base: string): PromptInput['incumbent'] => {
  const kept = past.filter((row) => row.outcome === 'keep' || row.experiment === 0);
  const heads = past.filter((row) => row.outcome === 'provisional' || kept.includes(row));
  const row = heads.findLast((one) => one.branchCommit === base || one.commit === base) ?? kept.at(-1);
  return row?.value == null ? null : { experiment: row.experiment, value: row.value };
};

/** Collects what a proposer is told about the task and everything tried so far. */
export const gatherPrompt = async (
  session: Session,
  experiment: number,
  historyRows: number,
): Promise<PromptInput> => {
  const { deps, request, repository, snapshot } = session;
  const { task, loop } = request;
  const limit = Math.max(REMEMBERED, historyRows);
  const past = await deps.ledger.history(loop, { limit, tailsOf: FAILED });
  const failed = past.filter(({ outcome }) => FAILED.includes(outcome)).slice(-CRASHES);
  const texts = [...snapshot.texts].map(([path, text]) => ({ path, text }));
  return {
    task: {
      name: task.name,
      goal: task.goal,
      metric: { name: task.measure.metric.name, direction: task.measure.metric.direction },
      editable: task.editable,
      command: task.run.command,
      budgetSeconds: task.run.budget,
      device: [task.run.device].flat().join(' or '),
    },
    instructions: snapshot.instructions,
    files: [...texts, ...snapshot.opaque.map((path) => ({ path, text: null }))],
    incumbent: standing(past, request.base),
    // that a change wasn't kept is no secret, what the holdout said of it is
    past: past.map((row) => ({ ...row, reason: withoutWord(row.reason) })),
    historyRows,
    keeps: await readKeeps(repository, session, past),
    hints: request.hints,
    crashes: failed.map(({ experiment: number, outcome, tail }) => ({ experiment: number, outcome, tail })),
    seed: `${loop}#${String(experiment)}/${String(task.seed)}`,
  };
};
