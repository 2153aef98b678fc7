import fc from 'fast-check';
import { expect, test } from 'vitest';
import { referenceSet } from '../../../src/domain/epoch/reference-set.js';
import { ownRows, rowsOnClass } from '../../../src/domain/device/row-classes.js';
import { chooseLessons } from '../../../src/domain/memory/choose-lessons.js';
import { readNoise } from '../../../src/domain/noise/read-noise.js';
import { fromRecord, fromRecordByClass } from '../../../src/domain/replay/from-record.js';
import { replay } from '../../../src/domain/replay/replay.js';
import { curveSvg } from '../../../src/report/curve/curve-svg.js';
import { curveSeries } from '../../../src/report/curve/curve-series.js';
import { summarizeLoop } from '../../../src/report/loop-summary.js';
import { found, NOW } from '../../unit/domain/memory/found-sighting.js';
import { noiseRuns } from '../../support/noise-runs.js';
import { taskWith } from '../../support/loop-input.js';
import { OTHER, twoClasses } from '../../support/two-classes.js';

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 12 });
const history = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  other: numbers,
  both: numbers,
  shift: fc.double({ min: -3, max: 3, noNaN: true }),
  again: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
});
const RULES = [
  { rule: 'strict' as const },
  { rule: 'floor' as const },
  { rule: 'confirm' as const, n: 2 },
  { rule: 'sprt' as const },
];

test("whatever another class's runs say, no verdict, standing, floor or number of this one changes", () => {
  fc.assert(
    fc.property(history, fc.constantFrom(...RULES), ({ seed, other, both, shift, again }, rule) => {
      const { acceptance } = taskWith({ acceptance: rule });
      const told = (by: number) => {
        const record = twoClasses({ seed, experiments: 24 }, { other, both, shift: by });
        const summary = summarizeLoop(record);
        const { costs, ...numbersOf } = summary;
        return {
          ...numbersOf,
          deviceSeconds: costs.deviceSeconds,
          curve: curveSvg(curveSeries(summary), { width: 380, height: 340, titles: true }),
          replayed: replay(fromRecord(record), acceptance),
          first: fromRecordByClass(record)[0],
          artifacts: referenceSet(ownRows(record.experiments), summary.best?.experiment ?? 0),
        };
      };
      expect(told(again)).toEqual(told(shift));
    }),
    { numRuns: 60 },
  );
});

test('what is told of a class is what a record of that class alone would tell', () => {
  fc.assert(
    fc.property(history, ({ seed, other, both, shift }) => {
      const record = twoClasses({ seed, experiments: 24 }, { other, both, shift });
      const alone = { ...record, experiments: rowsOnClass(record.experiments, 'cpu') };
      const { otherClasses: _told, costs: _costs, ...mixedView } = summarizeLoop(record);
      const { otherClasses, costs: _own, ...aloneView } = summarizeLoop(alone);
      expect([mixedView, otherClasses]).toEqual([aloneView, null]);
      const rows = rowsOnClass(record.experiments, OTHER);
      expect(rows.every(({ measurements }) => measurements.every((run) => run.deviceClass === OTHER))).toBe(
        true,
      );
    }),
    { numRuns: 60 },
  );
});

test("a noise study's other classes and lessons of other classes change no number that is told of this one", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(6), (by, at) => {
      const seeds = Array.from({ length: 8 }, (_, seed) => seed);
      const own = noiseRuns(seeds.map((seed) => [seed % 3, (seed % 3) + 0.1 * (seed % 2)]));
      const other = noiseRuns(
        seeds.map((seed) => [seed * by, by]),
        { deviceClass: OTHER },
      );
      const classes = readNoise([...own.slice(0, at), ...other, ...own.slice(at)]).classes;
      expect(classes.find(({ device }) => device === 'cpu')).toEqual(readNoise(own).classes[0]);
      const lesson = found({ evidence: `better by ${String(by)}`, deviceClass: OTHER });
      const choice = { now: NOW, halfLifeDays: 30, most: 5, characters: 3000, task: 'toy' };
      const [line = ''] = chooseLessons([lesson], { ...choice, device: 'cpu' });
      expect([line.includes('better by'), line.includes(OTHER)]).toEqual([false, true]);
      expect(chooseLessons([lesson], { ...choice, device: OTHER })[0]).toContain(`better by ${String(by)}`);
    }),
  );
});
