import type { ProposalPolicy } from '../../contract/activities.js';
import type { Outcome } from '../../contract/outcome.js';
import { CRASHES } from '../../domain/evidence/has-crashed.js';
import type { HistoryEntry } from '../../storage/ledger/index.js';
import type { MethodWishes, PromptInput } from '../../domain/proposers/prompt/prompt-input.js';
import { withoutWord } from '../../domain/validation/holdout-words.js';
import { isBetter } from '../../domain/score.js';
import { recallLessons } from './recall-lessons.js';
import type { Session } from './session.js';

/** How far back the memory of failures reaches. */
const REMEMBERED = 400;
const SHOWN_KEEPS = 3;
const SHOWN_CRASHES = 2;
const FAILED: readonly Outcome[] = [...CRASHES, 'guard_failed'];

const readKeeps = async (
  { repository, request }: Session,
  past: readonly HistoryEntry[],
  most: number,
): Promise<PromptInput['keeps']> => {
  const { direction } = request.task.measure.metric;
  const keeps = past.filter((row) => row.outcome === 'keep' && row.experiment > 0 && row.value !== null);
  keeps.sort((a, b) =>
    isBetter({ value: a.value ?? 0, direction }, { value: b.value ?? 0, direction }) ? -1 : 1,
  );
  const diffs = keeps.slice(0, most).map(async ({ experiment, base, commit }) => ({
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

const newest = <T>(rows: readonly T[], count: number): readonly T[] =>
  count === 0 ? [] : rows.slice(-count);

/** What a method adds to a prompt: its own words, and what the search asks of this proposal. */
const wishesOf = ({ prompt, guidance, freeze, constraints, context }: ProposalPolicy): MethodWishes => {
  const { forbid = [], prefer = [], hint = '' } = guidance.directive ?? {};
  const lines = constraints.maxChangedLines;
  return {
    prompt,
    hint,
    failures: context.failures,
    rules: [
      ...freeze.map((one) => `leave ${one} as it is`),
      ...forbid.map((one) => `not now: ${Object.values(one).join(' ')}`),
      ...prefer.filter(({ w }) => w > 1).map(({ p }) => `rather: ${Object.values(p).join(' ')}`),
      ...(lines === undefined ? [] : [`change at most ${String(lines)} lines`]),
      ...(constraints.newFiles ? [] : ['add no files']),
    ],
  };
};

/** Collects what a proposer is told about the task and everything tried so far. */
export const gatherPrompt = async (
  session: Session,
  experiment: number,
  historyRows: number,
): Promise<PromptInput> => {
  const { deps, request, snapshot } = session;
  const { task, loop, method } = request;
  const context = method?.context ?? { keeps: SHOWN_KEEPS, crashes: SHOWN_CRASHES, failures: true };
  const limit = Math.max(REMEMBERED, historyRows);
  const past = await deps.ledger.history(loop, { limit, tailsOf: FAILED });
  const failed = past.filter(({ outcome }) => FAILED.includes(outcome));
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
    keeps: await readKeeps(session, past, context.keeps),
    lessons: await recallLessons(deps, request, {
      files: snapshot.texts.keys(),
      instructions: snapshot.instructions?.text ?? null,
    }),
    hints: request.hints,
    ...(method === undefined ? {} : { method: wishesOf(method) }),
    crashes: newest(failed, context.crashes).map(({ experiment: number, outcome, tail }) => ({
      experiment: number,
      outcome,
      tail,
    })),
    seed: `${loop}#${String(experiment)}/${String(task.seed)}`,
  };
};
