import { expect, test } from 'vitest';
import { aaTest } from '../../../../src/domain/noise/aa-test.js';
import { keepTarget } from '../../../../src/domain/noise/keep-target.js';
import { noiseReport } from '../../../../src/domain/noise/noise-report.js';
import { noiseText } from '../../../../src/report/terminal/noise-text.js';
import { taskWith } from '../../../support/loop-input.js';
import { noiseRuns } from '../../../support/noise-runs.js';

test.each([
  [{ rule: 'strict' }, 0.2],
  [{ rule: 'sprt', alpha: 0.05 }, 0.2],
  [{ rule: 'sprt', alpha: 0.3 }, 0.3],
  [{ rule: 'confirm', alpha: 0.3 }, 0.2],
  [{ rule: 'sprt', falseKeeps: 0.07 }, 0.07],
] as const)(
  'under %o a study and a loop hold the rule to the same target, and print it',
  (acceptance, target) => {
    const task = taskWith({ acceptance });
    expect(keepTarget(task.acceptance)).toBe(target);
    const values = [1, 1.2, 0.9, 1.1, 0.95, 1.05, 1.15, 0.85];
    const loop = aaTest({ acceptance: task.acceptance, direction: 'minimize', values, seed: 1 });
    const report = noiseReport(
      task,
      { runs: noiseRuns(values.map((value, at) => [value, values.at(-at)] as [number, number])), clones: [] },
      { selfTest: true },
    );
    expect([loop.target, report.selfTest?.simulated.target]).toEqual([target, target]);
    expect(noiseText(report)).toContain(
      `at most ${String(Math.round(100 * target))} % may be kept, as in a loop (acceptance.falseKeeps, or --target)`,
    );
  },
);
