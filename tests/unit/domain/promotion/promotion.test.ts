import { describe, expect, test } from 'vitest';
import { openPromotion, stepPromotion } from '../../../../src/domain/acceptance/promotion.js';
import { eLondAlpha } from '../../../../src/domain/evidence/e-lond.js';
import { NotFinite } from '../../../../src/domain/evidence/not-finite.js';
import type { PromotionEvent, PromotionOptions } from '../../../../src/contract/promotion.js';
import { OPTIONS, play } from './world.js';

/** The state after these events, from a trunk that was measured as 10, 11 and 12. */
const after = (events: PromotionEvent[], extra: Partial<PromotionOptions> = {}) => {
  const standing = [10, 11, 12].map((value): PromotionEvent => ({ kind: 'ran', value }));
  return [...standing, ...events].reduce(
    ({ state }, event) => stepPromotion(state, event),
    openPromotion({ ...OPTIONS, every: 2, ...extra }, 'start'),
  );
};
const scouted = (change: string, value: number | null): PromotionEvent => ({
  kind: 'scouted',
  change,
  value,
});
const paired = (left: number | null, right: number | null): PromotionEvent => ({
  kind: 'paired',
  left,
  right,
});
const won = Array.from({ length: 4 }, () => paired(14, 11.5));
const bundle = [scouted('a', 13), scouted('b', 14)];

describe('scouting', () => {
  test('starts from the mean of the trunk’s fresh runs', () => {
    expect(openPromotion(OPTIONS, 'start').wanted).toEqual({
      kind: 'run',
      artifact: { base: 'start', changes: [] },
      seed: 0,
    });
    const { state, wanted } = after([]);
    expect(state.best).toBe(11);
    expect(wanted).toEqual({ kind: 'scout', onto: { base: 'start', changes: [] }, seed: 3 });
  });

  test('what beats the cached best joins the branch, a tie or a crash does not', () => {
    const { state, wanted } = after([scouted('a', 11), scouted('b', 12), scouted('c', null)], { every: 9 });
    expect(state).toMatchObject({ branch: ['b'], best: 12, scouted: 3 });
    expect(wanted).toMatchObject({ kind: 'scout', onto: { changes: ['b'] }, seed: 6 });
  });

  test('paired scouts run on a seed that the trunk ran on, against its value there, another each epoch', () => {
    const first = after([], { pairedScouts: true });
    expect(first.wanted).toMatchObject({ kind: 'scout', seed: 0 });
    expect(first.state.best).toBe(10);
    const second = after([scouted('a', 1), scouted('b', 1)], { pairedScouts: true });
    expect(second.wanted).toMatchObject({ kind: 'scout', seed: 1 });
    expect(second.state.best).toBe(11);
  });

  test('an empty branch is not worth a test', () => {
    expect(after([scouted('a', 1), scouted('b', 1)]).state).toMatchObject({
      phase: { kind: 'scout' },
      scouted: 0,
      levels: { tests: 0 },
    });
  });

  test('a value that is no number is an error', () => {
    expect(() => after([scouted('a', Number.NaN)])).toThrow(NotFinite);
  });
});

describe('the promotion test', () => {
  test('sets the whole branch against the trunk on a seed that nothing was measured on', () => {
    expect(after(bundle).wanted).toEqual({
      kind: 'pair',
      left: { base: 'start', changes: ['a', 'b'] },
      right: { base: 'start', changes: [] },
      seed: 5,
    });
    expect(after([...bundle, paired(12, 11.5)]).wanted).toMatchObject({ kind: 'pair', seed: 6 });
  });

  test('lost, it resets the branch and forgets its cached best', () => {
    const { state, wanted } = after([...bundle, paired(8, 11)]);
    expect(state).toMatchObject({
      branch: [],
      best: 11,
      scouted: 0,
      epoch: 1,
      levels: { tests: 1, keeps: 0 },
    });
    expect(wanted).toMatchObject({ kind: 'scout', onto: { base: 'start', changes: [] } });
  });

  test('won, it seals the branch, and the new trunk is measured on fresh seeds alone', () => {
    const wonIt = after([...bundle, ...won.slice(0, 2)]);
    expect(wonIt.wanted).toEqual({ kind: 'seal', artifact: { base: 'start', changes: ['a', 'b'] } });
    const sealed = stepPromotion(wonIt.state, { kind: 'sealed', commit: 'next' });
    expect(sealed.wanted).toEqual({ kind: 'run', artifact: { base: 'next', changes: [] }, seed: 7 });
    expect(sealed.state).toMatchObject({ standing: [], branch: [], levels: { tests: 1, keeps: 1 } });
  });

  test('won by less than the smallest effect, it is lost, and no promotion is counted', () => {
    const narrow = [...bundle, ...Array.from({ length: 9 }, () => paired(12, 11))];
    const small = after(narrow.slice(0, 8), { least: 0.9 });
    expect(small.wanted.kind).toBe('seal');
    const lost = after(narrow.slice(0, 8), { least: 1.1 });
    expect(lost.state).toMatchObject({
      branch: [],
      levels: { tests: 1, keeps: 0 },
      phase: { kind: 'scout' },
    });
  });

  test('a crash of the branch loses the test; of both or of the trunk it spoils the pair only', () => {
    expect(after([...bundle, paired(null, 11)]).state).toMatchObject({
      branch: [],
      phase: { kind: 'scout' },
    });
    const narrow = { noise: { ...OPTIONS.noise, bound: 0.1 } };
    expect(after([...bundle, paired(null, 11)], narrow).state.branch).toEqual([]);
    for (const spoilt of [paired(null, null), paired(14, null)]) {
      expect(after([...bundle, spoilt]).wanted).toMatchObject({ kind: 'pair', seed: 6 });
    }
  });

  test('a bet counts the crash as the largest loss and goes on', () => {
    const bet = { evidence: 'bet', beta: null } as const;
    expect(after([...bundle, paired(null, 11)], bet).wanted).toMatchObject({ kind: 'pair', seed: 6 });
    expect(
      after([...bundle, paired(null, 11)], { ...bet, noise: { ...OPTIONS.noise, sd: 0 } }).state.branch,
    ).toEqual([]);
  });

  test('seeds that all fail end the test', () => {
    const spoilt = Array.from({ length: 4 }, () => paired(null, null));
    expect(after([...bundle, ...spoilt], { nmax: 4 }).state).toMatchObject({
      branch: [],
      phase: { kind: 'scout' },
    });
  });

  test('without noise one pair decides', () => {
    const exact = { noise: { ...OPTIONS.noise, sd: 0, delta: 0.1 } };
    expect(after([...bundle, paired(11.2, 11)], exact).wanted.kind).toBe('seal');
    expect(after([...bundle, paired(11.05, 11)], exact).wanted.kind).toBe('scout');
  });

  test('e-LOND asks for more evidence at the first test than alpha does, and each test has its level', () => {
    const { state } = after(bundle, { share: true });
    expect(state.phase).toMatchObject({ alpha: eLondAlpha(0.05, { tests: 0, keeps: 0 }) });
    const enoughForAlpha = [...bundle, paired(13.1, 11), paired(13.1, 11)];
    expect(after(enoughForAlpha).wanted.kind).toBe('seal');
    expect(after(enoughForAlpha, { share: true }).wanted.kind).toBe('pair');
    const second = after([...bundle, paired(8, 11), ...bundle], { share: true });
    expect(second.state.phase).toMatchObject({ alpha: eLondAlpha(0.05, { tests: 1, keeps: 0 }) });
  });
});

describe('leave-one-out', () => {
  const margin = { margin: 1 };
  const promoted = [...bundle, ...won.slice(0, 2)];

  test('tests the newest change first, its absence against its presence', () => {
    expect(after(promoted, margin).wanted).toEqual({
      kind: 'pair',
      left: { base: 'start', changes: ['a'] },
      right: { base: 'start', changes: ['a', 'b'] },
      seed: 7,
    });
  });

  test('a change whose absence costs nothing is dropped, and a lone change is not tested again', () => {
    const idle = Array.from({ length: 6 }, () => paired(14, 14));
    expect(after([...promoted, ...idle], margin).wanted).toEqual({
      kind: 'seal',
      artifact: { base: 'start', changes: ['a'] },
    });
  });

  test('a change that matters stays, also where its absence crashes', () => {
    for (const loss of [paired(10, 14), paired(null, 14)]) {
      expect(after([...promoted, loss], margin).wanted).toMatchObject({
        kind: 'pair',
        left: { changes: ['b'] },
        right: { changes: ['a', 'b'] },
      });
      expect(after([...promoted, loss, loss], margin).wanted).toEqual({
        kind: 'seal',
        artifact: { base: 'start', changes: ['a', 'b'] },
      });
    }
  });

  test('pairs that the bundle itself fails on are spoilt, and end the question', () => {
    const spoilt = Array.from({ length: 20 }, () => paired(1, null));
    expect(after([...promoted, ...spoilt.slice(1)], margin).wanted).toMatchObject({
      left: { changes: ['a'] },
    });
    expect(after([...promoted, ...spoilt], margin).wanted).toMatchObject({ left: { changes: ['b'] } });
  });

  test('hitch-hikers are dropped from a loop, contributors are kept', () => {
    const game = play(
      { ...OPTIONS, margin: 2, nmax: 40, every: 8 },
      { effects: (id) => (id % 3 === 0 ? 4 : 0), noise: 0.5, turns: 4000 },
    );
    const changes = game.promoted.flatMap((one) => one.changes);
    const useful = changes.filter((change) => Number(change.slice(1)) % 3 === 0);
    expect(useful.length / changes.length).toBeGreaterThan(0.95);
    expect(game.promoted.every(({ gain }) => gain > 0)).toBe(true);
  });
});

describe('the trunk’s standing', () => {
  test('failed runs are repeated on other seeds', () => {
    const { state, wanted } = [
      { kind: 'ran', value: 10 } as const,
      { kind: 'ran', value: null } as const,
    ].reduce((turn, event) => stepPromotion(turn.state, event), openPromotion(OPTIONS, 'start'));
    expect(wanted).toMatchObject({ kind: 'run', seed: 2 });
    expect(state.standing).toEqual([{ seed: 0, value: 10 }]);
  });

  test('a trunk that fails on half of its seeds halts with a reason', () => {
    let turn = openPromotion(OPTIONS, 'start');
    for (const value of [null, 10, null, null, 11, null])
      turn = stepPromotion(turn.state, { kind: 'ran', value });
    expect(turn.wanted).toEqual({ kind: 'none', reason: 'the trunk fails on half of its seeds or more' });
  });
});

test('an answer to another question is an error', () => {
  expect(() => after([paired(1, 2)])).toThrow('"paired" is no answer to a state that waits in "scout"');
  expect(() => after([...bundle, { kind: 'ran', value: 1 }])).toThrow(RangeError);
});
