import type { Acceptance } from '../../contract/task-schema.js';
import { isDeterministic } from '../acceptance/without-noise.js';
import { counted } from '../format.js';
import { baselineOf } from './baseline-of.js';
import type { RecordedLoop } from './recorded.js';
import { isCandidate, replayAll } from './replay-rows.js';
import type { Real, Replay, ReplayedVerdict } from './replayed.js';

/** Whether the rule would have had a provisional branch: without noise every verdict stands by itself. */
export const hasBranch = (loop: RecordedLoop, options: Acceptance, sigma: number | null): boolean =>
  options.rule === 'branch+promote' && !isDeterministic(baselineOf(loop, options, sigma));

/** How much of what was kept was there when it was measured again. */
const realOf = (verdicts: readonly ReplayedVerdict[]): Real => {
  const kept = verdicts.filter(({ verdict }) => verdict === 'keep');
  const again = kept.flatMap(({ gain, remeasured }) =>
    remeasured?.how === 'pairs'
      ? [{ claimed: gain ?? 0, found: remeasured.gain, decidedBy: remeasured.decidedBy }]
      : [],
  );
  const withoutGain = again.filter(({ found }) => found <= 0).length;
  return {
    keeps: kept.length,
    remeasured: again.length,
    decidedBy: again.filter(({ decidedBy }) => decidedBy).length,
    withoutGain,
    share: again.length === 0 ? null : withoutGain / again.length,
    claimed: again.reduce((sum, { claimed }) => sum + claimed, 0),
    found: again.reduce((sum, { found }) => sum + found, 0),
  };
};

export const sameOptions = (a: Acceptance, b: Acceptance): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (key) => JSON.stringify(a[key as keyof Acceptance]) === JSON.stringify(b[key as keyof Acceptance]),
  );

const leftOut = (tests: number): string =>
  `${counted(tests, 'promotion test')} of the record ${tests === 1 ? 'is' : 'are'} no candidate: its runs only count as measured anew`;

const isFlipped = ({ verdict, recorded }: ReplayedVerdict): boolean =>
  (verdict === 'keep') !== (recorded === 'keep');

const numbers = (verdicts: readonly ReplayedVerdict[]): number[] =>
  verdicts.map(({ experiment }) => experiment);

/**
 * Every verdict of a record under another rule, from what was measured then; nothing is run and nothing is made up.
 * The replay has its own incumbent: what the rule would not have kept does not stand in the way of what came later.
 */
export const replay = (loop: RecordedLoop, options: Acceptance, sigma: number | null = null): Replay => {
  const { incumbent, noise, notes } = baselineOf(loop, options, sigma);
  const own = sigma === null && loop.acceptance !== null && sameOptions(loop.acceptance, options);
  const { verdicts } = replayAll({ loop, options, noise, own }, incumbent);
  const lacking = new Set(
    loop.experiments.filter((row) => row.lacksRuns === true).map((row) => row.experiment),
  );
  const tests = own ? 0 : loop.experiments.filter((row) => !isCandidate(row)).length;
  const count = (wanted: ReplayedVerdict['verdict']) =>
    verdicts.filter(({ verdict }) => verdict === wanted).length;
  const others = verdicts.filter(({ verdict, recorded }) => verdict !== 'unknown' && verdict !== recorded);
  return {
    name: loop.name,
    metric: loop.metric,
    recordedRule: loop.acceptance?.rule ?? null,
    rule: options.rule,
    ownRule: own,
    options,
    noise,
    notes: [...(loop.notes ?? []), ...notes, ...(tests === 0 ? [] : [leftOut(tests)])],
    verdicts,
    kept: count('keep'),
    recordedKept: loop.experiments.filter(({ outcome }) => outcome === 'keep').length,
    unknown: count('unknown'),
    untold: verdicts
      .filter(({ verdict, experiment }) => own && verdict === 'unknown' && lacking.has(experiment))
      .map(({ experiment }) => experiment),
    changed: own ? numbers(others) : numbers(others.filter(isFlipped)),
    renamed: own || loop.acceptance === null ? [] : numbers(others.filter((one) => !isFlipped(one))),
    real: realOf(verdicts),
  };
};
