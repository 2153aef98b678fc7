import type { BridgedScore } from '../../contract/epoch.js';
import type { EpochVerdict } from '../../contract/epoch-verdict.js';
import { counted } from '../format.js';
import { upward } from '../promotion/upward.js';
import type { Direction } from '../score.js';
import { bridge } from './bridge.js';
import { epochDecision } from './epoch-decision.js';

const valueOf = ({ status, value }: BridgedScore['before']): number | null =>
  status === 'ok' ? value : null;
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Share of the artifacts that may stop scoring before the new version counts as broken. */
const MOST_LOST = 0.5;

/** Both scores of each artifact that has both, as shares of the range that the old version gave the whole set. */
const onOldRange = (scores: readonly BridgedScore[], direction: Direction) => {
  const both = scores.flatMap(({ before, after }) => {
    const [a, b] = [valueOf(before), valueOf(after)];
    return a === null || b === null ? [] : [[upward(direction, a), upward(direction, b)] as const];
  });
  const old = both.map(([a]) => a);
  const worst = Math.min(...old);
  const range = Math.max(...old) - worst;
  const share = (value: number): number => (value - worst) / range;
  return { range, old: old.map(share), new: both.map(([, b]) => share(b)) };
};

const unclear = (decision: EpochVerdict['decision'], why: string, artifacts: number): EpochVerdict => ({
  decision,
  why,
  bridge: { artifacts, bias: null, se: null, tau: null },
});

/**
 * Whether a person's new evaluator goes on on the old scale: by bias and ranks of the reference set. One that scores
 * nothing, or little of what the old one scored, is refused.
 */
export const judgeEpoch = (
  scores: readonly BridgedScore[],
  about: { direction: Direction; from: string; to: string },
): EpochVerdict => {
  const scored = scores.filter(({ before }) => valueOf(before) !== null);
  const lost = scored.filter(({ after }) => valueOf(after) === null);
  if (scored.length === 0)
    return unclear(
      'new-scale',
      'the old evaluator scores none of its artifacts any more: nothing can be compared',
      0,
    );
  if (lost.length > MOST_LOST * scored.length) {
    const [first] = lost;
    const which = `${String(lost.length)} of ${counted(scored.length, 'reference artifact')}`;
    return unclear(
      'refuse',
      `the new evaluator gives no score to ${which} (${first?.after.status ?? ''})`,
      0,
    );
  }
  const { range, ...pair } = onOldRange(scored, about.direction);
  const artifacts = pair.old.length;
  if (!(range > 0))
    return unclear(
      'new-scale',
      `all ${counted(artifacts, 'reference artifact')} score the same: no scale to compare`,
      artifacts,
    );
  const found = bridge(pair);
  const { decision, why } = epochDecision({ ...about, announced: true, bridge: found, breaches: [] });
  const { bias, se, tau } = found;
  return {
    decision,
    why,
    bridge: { artifacts, bias: finite(bias), se: finite(se), tau: finite(tau) },
  };
};
