import { expect, test } from 'vitest';
import fc from 'fast-check';
import { decide } from '../../../../src/domain/acceptance/decide.js';
import { noiseAnew } from '../../../../src/domain/acceptance/second-seed.js';
import { isContestRule } from '../../../../src/domain/contest/contest-rules.js';
import { RULES } from '../../../../src/domain/acceptance/rules.js';
import type { Acceptance } from '../../../../src/contract/task-schema.js';
import type { Measurement } from '../../../../src/contract/measurement.js';
import { foldIncumbent } from '../../../../src/domain/loop/fold-incumbent.js';
import { readBaseline } from '../../../../src/domain/loop/read-baseline.js';
import { random } from '../../../../src/domain/random.js';
import type { RecordedExperiment, RecordedLoop } from '../../../../src/domain/replay/recorded.js';
import { replay } from '../../../../src/domain/replay/replay.js';
import { acceptanceOf, measured } from '../../../support/recorded-loop.js';

/** branch + promote judges branches, not candidates: tests/workflow has its loops */
const NAMES = (Object.keys(RULES) as Acceptance['rule'][]).filter(
  (name) => name !== 'branch+promote' && !isContestRule(name),
);

interface World {
  seed: number;
  rule: Acceptance['rule'];
  direction: 'minimize' | 'maximize';
  spread: number;
  crashes: number;
  /** the unchanged artifact gives one value each time, as a coarse metric may, and keeps are doubted */
  coarse: boolean;
}

const world: fc.Arbitrary<World> = fc.record({
  seed: fc.nat(),
  rule: fc.constantFrom(...NAMES),
  direction: fc.constantFrom('minimize' as const, 'maximize' as const),
  spread: fc.constantFrom(0, 0.3, 2),
  crashes: fc.constantFrom(0, 0.1),
  coarse: fc.boolean(),
});

const experiments = 12;

/** A loop as the workflow runs one, written down; how each candidate is judged is spelled out here once more. */
const runLoop = ({ seed, rule, direction, spread, crashes, coarse }: World): RecordedLoop => {
  const acceptance = acceptanceOf({ rule, n: 2, nmax: 4, repeats: 3 });
  const run = (role: Measurement['role'], commit: string, index: number, nth: number): Measurement => {
    const draw = random('run', seed, commit, index, nth);
    const failed = role === 'candidate' && draw.next() < crashes;
    const level = random('level', seed, commit).next();
    if (role === 'baseline' && coarse) return measured(role, index, commit, level);
    return measured(role, index, commit, failed ? null : level + spread * draw.next());
  };
  const baseline = [0, 1, 2].map((index) => run('baseline', 'base', index, 0));
  const read = readBaseline(baseline);
  if (!read.ok) throw new Error(read.reason);
  let incumbent = { experiment: 0, commit: 'base', branchCommit: 'base', value: read.value, n: read.n };
  let { noise } = read;
  const rows: RecordedExperiment[] = [];
  for (let experiment = 1; experiment <= experiments; experiment++) {
    const commit = `c${String(experiment)}`;
    const measurements = [run('candidate', commit, 0, experiment)];
    for (;;) {
      const asked = { direction, acceptance, measurements, candidate: commit, incumbent, noise };
      const decision = decide({ ...asked, secondSeed: coarse });
      if (decision.decision === 'more') {
        const index = Math.min(...decision.candidate, ...decision.incumbent);
        if (decision.incumbent.includes(index))
          measurements.push(run('incumbent', incumbent.commit, index, experiment));
        if (decision.candidate.includes(index))
          measurements.push(run('candidate', commit, index, experiment));
        continue;
      }
      const { outcome, reason, evidence } = decision;
      const standing = evidence.candidate.length === 0 ? null : RULES[rule].standing(evidence);
      const at = { standing: { value: incumbent.value, n: incumbent.n }, against: incumbent.experiment };
      rows.push({
        experiment,
        idea: '',
        outcome,
        reason,
        commit,
        value: standing?.value ?? null,
        ...at,
        ...(evidence.secondSeed === true ? { secondSeed: true as const } : {}),
        measurements,
      });
      incumbent =
        outcome === 'keep' && standing !== null
          ? { experiment, commit, branchCommit: commit, ...standing }
          : foldIncumbent(incumbent, measurements);
      const found = noiseAnew(evidence);
      if (found !== null)
        ({ noise, incumbent } = { ...found, incumbent: { ...incumbent, ...found.standing } });
      break;
    }
  }
  const metric = { name: 'x', direction };
  return { name: 'l', metric, acceptance, guarded: false, baseline, experiments: rows, reruns: [] };
};

test('a loop replayed under its own rule gives every verdict and reason again', () => {
  fc.assert(
    fc.property(world, (one) => {
      const loop = runLoop(one);
      const found = replay(loop, loop.acceptance as Acceptance);
      expect(found).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
      expect(found.verdicts.map(({ reason }) => reason)).toEqual(
        loop.experiments.map(({ reason }) => reason),
      );
    }),
    { numRuns: 300 },
  );
});

test('so it does when the record forgot the standings', () => {
  fc.assert(
    fc.property(world, (one) => {
      const loop = runLoop(one);
      const bare = {
        ...loop,
        experiments: loop.experiments.map((row) => ({ ...row, standing: null, against: null })),
      };
      expect(replay(bare, loop.acceptance as Acceptance)).toMatchObject({ changed: [], unknown: 0 });
    }),
    { numRuns: 100 },
  );
});

test('under strict each keep is better than the keep before it, and nothing is unknown', () => {
  fc.assert(
    fc.property(world, (one) => {
      const loop = runLoop(one);
      const found = replay(loop, acceptanceOf({ rule: 'strict' }));
      expect(found.unknown).toBe(0);
      for (const { verdict, gain } of found.verdicts) if (verdict === 'keep') expect(gain).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});

test('a verdict is unknown or follows from runs that are in the record: removing runs only makes more unknown', () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...NAMES), (one, rule) => {
      const loop = runLoop(one);
      const [first] = replay(loop, acceptanceOf({ rule, n: 2, nmax: 4, repeats: 3 })).verdicts;
      const [row, ...rest] = loop.experiments;
      if (row === undefined || first === undefined) throw new Error('the loop is empty');
      const cut = { ...row, measurements: row.measurements.filter(({ index }) => index === 0) };
      const poorer = replay(
        { ...loop, experiments: [cut, ...rest] },
        acceptanceOf({ rule, n: 2, nmax: 4, repeats: 3 }),
      );
      expect(['unknown', first.verdict]).toContain(poorer.verdicts[0]?.verdict);
    }),
    { numRuns: 100 },
  );
});

test('a coarse metric is found out in many loops, at most once, before anything is kept on its luck', () => {
  const loops = Array.from({ length: 60 }, (_, seed) =>
    runLoop({ seed, rule: 'strict', direction: 'minimize', spread: 2, crashes: 0, coarse: true }),
  );
  const found = loops.map(({ experiments: rows }) =>
    rows.findIndex(({ reason }) => reason.startsWith('the metric is not deterministic')),
  );
  expect(found.filter((at) => at >= 0).length).toBeGreaterThan(20);
  for (const [at, { experiments: rows }] of loops.entries()) {
    const first = found[at] ?? -1;
    const kept = rows.findIndex(({ outcome }) => outcome === 'keep');
    if (kept >= 0) expect(first).toBeLessThan(kept);
    expect(rows.filter(({ reason }) => reason.includes('not deterministic')).length).toBeLessThanOrEqual(1);
  }
});
