import { execa } from 'execa';
import { Context } from '@temporalio/activity';
import type { SweepAnswer, SweepQuestion } from '../../../contract/sweep.js';
import { oneLine } from '../../../domain/proposers/prompt/untrusted.js';
import { hopeless } from '../openai/explain-failure.js';

const FIX = 'run `npm run build`, which sets it up, or use `sampler: random`, which needs no Python';

const notThere = (what: string): Error =>
  hopeless('task.yaml: proposer.sampler', `Optuna can't be asked (${what})`, FIX);

const read = (text: string): Partial<SweepAnswer & { params: unknown; missing: unknown }> | null => {
  try {
    return JSON.parse(text) as Partial<SweepAnswer>;
  } catch {
    return null;
  }
};

/** Asks Optuna for one place of a space; it starts, answers and ends, and remembers nothing. */
export const askSampler = async (
  python: string,
  question: SweepQuestion,
  timeoutSeconds: number,
): Promise<number[]> => {
  const { stdout, stderr, exitCode, failed, code } = await execa(python, ['-m', 'autolift_sweep'], {
    input: JSON.stringify(question),
    reject: false,
    timeout: timeoutSeconds * 1000,
    cancelSignal: Context.current().cancellationSignal,
    env: { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (code === 'ENOENT') throw notThere(`there is no ${python}`);
  const answer = failed ? null : read(stdout);
  if (answer !== null && 'missing' in answer) throw notThere(String(answer.missing));
  const params = answer?.params;
  if (Array.isArray(params) && params.length === question.space.length && params.every(Number.isFinite))
    return params as number[];
  const last = oneLine(stderr.trimEnd().split('\n').at(-1) ?? '', 200);
  if (last.includes('No module named')) throw notThere(last);
  throw new Error(`the sampler ended with code ${String(exitCode ?? 'none')}: ${last}`);
};
