import { expect, test } from 'vitest';
import { ARMS, type Arm, type CellEnd } from '../../../../src/contract/ablation.js';
import { ablationReport } from '../../../../src/domain/ablation/ablation-report.js';
import { claimWords, deadArms } from '../../../../src/report/ablation/verdict-words.js';
import { ablationInput, cellEnd } from '../../../support/ablation.js';
import { taskWith } from '../../../support/loop-input.js';

const U: Partial<Record<Arm, number>> = { A: 0.1, R: 0.2, S: 0.1, B: 0.3, C: 0.8, H: 0.6 };

/** Ten repeats in which an arm is worth what it is, more or less, the same on each seed. */
const cells = (arms: readonly Arm[], tasks = 1): CellEnd[] =>
  Array.from({ length: 10 }, (_, repeat) =>
    arms.flatMap((arm, index) =>
      Array.from({ length: tasks }, (_task, task) =>
        cellEnd({
          arm,
          repeat,
          task,
          u: (U[arm] ?? 0) + 0.01 * ((repeat + index) % 2),
          ...('CDH'.includes(arm) ? { mechanism: 'live' } : {}),
        }),
      ),
    ),
  ).flat();

const whole = (ended: CellEnd[]) => ({
  cells: ended,
  searches: [],
  planned: ended.length,
  running: [],
  stopped: null,
});

const report = (arms: Arm[], ended: CellEnd[] = cells(arms)) =>
  ablationReport(ablationInput({ arms, n: 10 }), whole(ended));

const verdicts = (of: ReturnType<typeof report>) =>
  Object.fromEntries(of.contrasts.map(({ lifted, base, verdict }) => [`${lifted}-${base}`, verdict]));

test('an arm that is better on every seed is ahead after the correction, and a sham that does nothing is the same', () => {
  const said = report(['A', 'R', 'S', 'B', 'C', 'H']);
  expect(verdicts(said)).toMatchObject({ 'C-B': 'ahead', 'C-R': 'ahead', 'B-A': 'ahead', 'S-A': 'same' });
  expect(said.mechanismPays).toBe(true);
});

test('the claim needs all its arms, and all of them beaten', () => {
  expect(report(['A', 'B', 'C', 'S']).mechanismPays).toBeNull();
  const arms: Arm[] = ['B', 'C', 'S', 'R'];
  const even = cells(arms).map((cell) => (cell.arm === 'R' ? { ...cell, u: 0.8 } : cell));
  expect(report(arms, even).mechanismPays).toBe(false);
});

test('eight pairs that agree make C ahead, and no claim yet: that takes ten of each', () => {
  const arms: Arm[] = ['B', 'C', 'S', 'R'];
  const few = report(
    arms,
    cells(arms).filter(({ repeat }) => repeat < 8),
  );
  expect(verdicts(few)).toMatchObject({ 'C-B': 'ahead', 'C-S': 'ahead', 'C-R': 'ahead' });
  expect(few.mechanismPays).toBe(false);
  expect(claimWords(few)).toContain('C is ahead, but that takes 10 pairs');
});

test('contrasts and arms have the mean of their middle half, and contrasts an e-value', () => {
  const arms: Arm[] = ['A', 'C'];
  const ended = cells(arms).map((cell) =>
    cell.repeat === 0 && cell.arm === 'C' ? { ...cell, u: -1 } : cell,
  );
  const said = report(arms, ended);
  const [contrast] = said.contrasts;
  expect(contrast?.mean).toBeLessThan(0.55);
  expect(contrast?.iqm).toBeCloseTo(0.696, 9);
  expect(contrast?.e).toBeGreaterThan(1);
  expect(said.arms.find(({ arm }) => arm === 'C')?.u?.iqm).toBeCloseTo(0.803, 9);
  expect(report(arms, []).contrasts[0]).toMatchObject({ iqm: null, e: 1 });
});

test('what C gained with a mechanism that did nothing is no claim for mechanisms', () => {
  const arms: Arm[] = ['B', 'C', 'S', 'R'];
  const dead = (share: number) =>
    cells(arms).map((cell): CellEnd => {
      if (cell.arm !== 'C') return cell;
      return { ...cell, mechanism: cell.repeat < 10 * share ? 'inert' : 'live' };
    });
  expect(report(arms, dead(0.4)).mechanismPays).toBe(true);
  expect(report(arms, dead(0.5)).mechanismPays).toBe(false);
  expect(claimWords(report(arms, dead(1)))).toContain(
    'C is ahead, but in half of its loops or more no mechanism acted',
  );
  expect(deadArms(report(arms, dead(0.4)))).toEqual([
    "C's mechanism changed no decision, or broke, in 4 of 10 loops: what those found is none of its doing.",
  ]);
});

test('a failed loop is a missing pair in its contrasts alone, and is counted', () => {
  const arms: Arm[] = ['A', 'S', 'H'];
  const ended = cells(arms).map((cell) =>
    cell.arm === 'H' && cell.repeat === 3 ? { ...cell, u: null, failed: 'crashed' } : cell,
  );
  const said = report(arms, ended);
  const of = (lifted: Arm) => said.contrasts.find((one) => one.lifted === lifted);
  expect(of('H')).toMatchObject({ n: 9, missing: 1 });
  expect(of('S')).toMatchObject({ n: 10, missing: 0 });
  expect(said.arms.find(({ arm }) => arm === 'H')).toMatchObject({ cells: 10, failed: 1 });
});

test('a repeat counts as one pair, whatever the number of tasks', () => {
  const tasks = ['one', 'two'].map((name) => taskWith({ name }));
  const said = ablationReport(ablationInput({ arms: ['A', 'B'], n: 10, tasks }), whole(cells(['A', 'B'], 2)));
  expect(said.contrasts).toHaveLength(1);
  expect(said.contrasts[0]).toMatchObject({ n: 10, wins: 10 });
  expect(said.tasks.map(({ task }) => task)).toEqual(['one', 'two']);
});

test('two repeats decide nothing, not even that all are equal', () => {
  const ended = cells(['A', 'S']).filter(({ repeat }) => repeat < 2);
  const same = ended.map((cell) => ({ ...cell, u: 0.5 }));
  const input = ablationInput({ arms: ['A', 'S'], n: 2 });
  expect(ablationReport(input, whole(same)).contrasts[0]?.verdict).toBe('undecided');
});

test('no more is corrected for than what was run', () => {
  expect(report([...ARMS], []).contrasts).toHaveLength(12);
  expect(report(['A', 'H'], []).contrasts.map(({ lifted, base }) => `${lifted}-${base}`)).toEqual(['H-A']);
});
