import type { RunRecord } from '../../src/contract/measurement.js';
import type { TransferPlan, TransferRow } from '../../src/contract/transfer.js';
import { atChange } from '../../src/domain/transfer/artifacts.js';
import { sampleRun } from '../fixtures/report/sample-run.js';
import { loopInput, taskWith } from './loop-input.js';

/** A loop that has kept the changes 1, 3 and 4. */
export const planOf = (more: Parameters<typeof taskWith>[0] = {}): TransferPlan => {
  const task = taskWith(more);
  const { source } = loopInput('toy/one', task);
  const tips = [source.baseCommit, '1'.repeat(40), '3'.repeat(40), '4'.repeat(40)];
  return {
    from: 'cpu',
    task,
    source,
    changes: [1, 3, 4].map((experiment, at) => ({
      experiment,
      idea: `idea ${String(experiment)}`,
      before: tips[at] ?? '',
      after: tips[at + 1] ?? '',
    })),
    trustClaims: false,
    runSeconds: 10,
  };
};

const runOf = (device: string, value: number | null, pair: number): RunRecord => ({
  ...sampleRun({ role: 'candidate', value, index: pair, sandbox: 'bwrap' }),
  deviceClass: device,
  status: value === null ? 'out_of_memory' : 'ok',
});

/** Runs of artifacts on a class: what each scores on each seed. */
export const rowsOn = (
  device: string,
  artifacts: Readonly<Record<string, (pair: number) => number | null>>,
  { pairs = 10, id = 'toy/one/transfer/4' }: { pairs?: number; id?: string } = {},
): TransferRow[] =>
  Object.entries(artifacts).flatMap(([artifact, value]) =>
    Array.from({ length: pairs }, (_, pair) => ({
      id,
      loop: 'toy/one',
      artifact,
      pair,
      run: runOf(device, value(pair), pair),
    })),
  );

/** Little noise, alike for all artifacts on a seed, and some of each one's own. */
export const around =
  (value: number, own = 0.01) =>
  (pair: number): number =>
    value + ((pair * 7) % 5) * 0.1 + own * ((pair * value * 31) % 1);

/** The branch on a class: losses of the unchanged artifact and after each change. */
export const branchOn = (device: string, losses: readonly [number, number, number, number]): TransferRow[] =>
  rowsOn(
    device,
    Object.fromEntries([0, 1, 3, 4].map((at, index) => [atChange(at), around(losses[index] ?? 0)])),
  );
