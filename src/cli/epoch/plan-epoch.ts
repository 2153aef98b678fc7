import { createHash } from 'node:crypto';
import path from 'node:path';
import type { EpochInput, EvaluatorVersion } from '../../contract/epoch.js';
import type { LoopRecord } from '../../contract/ledger.js';
import type { ForkedFrom, LoopInput } from '../../contract/loop.js';
import type { Task } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { referenceSet } from '../../domain/epoch/reference-set.js';
import { ownRows } from '../../domain/device/row-classes.js';
import { classOf, onClass } from '../../domain/device/preferences.js';
import { summarizeLoop } from '../../report/loop-summary.js';
import { openRepository, type Repository } from '../../storage/git/repository.js';
import { forkedFrom } from '../forked-from.js';
import { checkCanariesAt } from '../task/check-canaries.js';
import { parseTask } from '../task/load-task.js';
import { environmentChanges, evaluatorEnvironment } from '../../storage/evaluator/environment.js';

/** A bridge that is to be built, and what a loop on its far side starts from. */
export interface EpochPlan {
  old: LoopInput;
  repository: Repository;
  input: EpochInput;
  forkedFrom: ForkedFrom;
}

/** The task as the new evaluator's commit has it in the loop's own file; one that was never committed stays the old loop's. */
const taskAt = async (repository: Repository, { task, source }: LoopInput, commit: string): Promise<Task> => {
  const { prefix, taskFile = 'task.yaml' } = source;
  const file = prefix === '' ? taskFile : `${prefix}/${taskFile}`;
  const text = await repository.readFile(commit, file);
  if (text === null) return task;
  const where = `${commit.slice(0, 12)}:${file}`;
  const parsed = parseTask({ folder: path.dirname(file), file: where, text: text.toString() }).task;
  const { name, direction } = parsed.measure.metric;
  if (name !== task.measure.metric.name || direction !== task.measure.metric.direction)
    throw new UserError(
      `it measures another thing: ${direction} ${name}, not ${task.measure.metric.direction} ${task.measure.metric.name}`,
      where,
      'Start a loop of its own with `autolift run`.',
    );
  return { ...parsed, name: task.name };
};

const versionAt = async (
  repository: Repository,
  old: LoopInput,
  commit: string,
): Promise<EvaluatorVersion> => {
  const task = await taskAt(repository, old, commit);
  const { command } = task.measure;
  if (command === undefined || old.source.evaluatorHash === null)
    throw new UserError(
      'its score is the one that the candidate prints: there is no evaluator to change',
      old.loop,
      'Write measure.command, and start a loop with `autolift run`.',
    );
  const { prefix } = old.source;
  const evaluatorHash = await repository.evaluatorHash(commit, prefix, { command, editable: task.editable });
  const source = { ...old.source, baseCommit: commit, evaluatorCommit: commit, evaluatorHash };
  return { task, source: { ...source, environment: await evaluatorEnvironment(repository, task, source) } };
};

/** The Python that scored the loop, and the one that would now; nothing where one of them isn't known. */
const pythons = (
  record: LoopRecord,
  now: string | null,
): [Record<string, string>, Record<string, string>] => {
  const baseline = record.experiments.find(({ experiment }) => experiment === 0);
  const then = baseline?.measurements[0]?.device.python ?? '';
  return then === '' || now === null ? [{}, {}] : [{ python: then }, { python: now }];
};

/** Parts of the environment that are others than when the loop ran; hosts tell what their programs are by their runs. */
const changedParts = (record: LoopRecord, { source }: EvaluatorVersion, python: string | null): string[] => {
  const [then, now] = pythons(record, python);
  const told = record.events.filter(({ kind }) => kind === 'environment').map(({ text }) => text);
  const found = environmentChanges(
    { ...record.loop.input.source.environment, ...then },
    { ...(record.loop.input.source.environment === undefined ? {} : source.environment), ...now },
  );
  return [...found, ...new Set(told)];
};

const checkChanged = (
  old: LoopInput,
  { source }: EvaluatorVersion,
  { ref, parts }: { ref: string; parts: readonly string[] },
): void => {
  if (source.evaluatorHash !== old.source.evaluatorHash || parts.length > 0) return;
  throw new UserError(
    `the evaluator at ${ref} is the one that the loop has`,
    old.loop,
    'Commit the new one, or name its commit with --evaluator.',
  );
};

/** The same environment gives the same name, so that its bridge is found again. */
const fingerprint = (of: unknown): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 8);

/** What a new evaluator of a loop is to be compared on; `python` is the version that devices have now, if that is known. */
export const planEpoch = async (
  record: LoopRecord,
  { ref, python }: { ref: string; python: string | null },
): Promise<EpochPlan> => {
  const old = record.loop.input;
  const { best } = summarizeLoop(record);
  if (best === null) throw new UserError('it has no score to compare', old.loop, 'Run it first.');
  const repository = await openRepository(old.source.repository);
  const commit = await repository.resolve(ref);
  if (commit === null)
    throw new UserError(`there is no commit "${ref}"`, '--evaluator', 'Name a commit, branch or tag.');
  const device =
    record.experiments.find(({ experiment }) => experiment === 0)?.deviceClass ?? classOf(old.task);
  const version = await versionAt(repository, old, commit);
  const after = { ...version, task: onClass(version.task, device) };
  const parts = changedParts(record, after, python);
  checkChanged(old, after, { ref, parts });
  await checkCanariesAt(repository, after, `${ref}: task.yaml`);
  const artifacts = referenceSet(ownRows(record.experiments), best.experiment);
  const suffix = parts.length === 0 ? '' : `-${fingerprint([after.source.environment, python, parts])}`;
  return {
    old,
    repository,
    forkedFrom: forkedFrom(record, best.experiment),
    input: {
      v: 1,
      id: `${old.task.name}/epoch-${old.tag}-${commit.slice(0, 12)}${suffix}`,
      loop: old.loop,
      epoch: (old.epoch?.number ?? 1) + 1,
      before: { task: onClass(old.task, device), source: old.source },
      after,
      artifacts,
      asRecorded: parts.length > 0,
    },
  };
};
