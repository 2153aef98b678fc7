import type { BridgeScores } from '../epoch/bridge.js';
import { bridge } from '../epoch/bridge.js';
import { cusumAlarm } from './cusum-alarm.js';
import type { Check, Detector } from './detector.js';

/** An artifact that was promoted, with what the evaluator and an independent execution say it gained, per task. */
export interface Promoted {
  artifact: string;
  evaluatorGain: readonly number[];
  executedGain: readonly number[];
}

export interface EvaluatorTrail {
  /** evaluator version in use, and the reference set by it and by the pinned one; null: it never changed */
  evaluator: string;
  bridge: BridgeScores | null;
  promoted: readonly Promoted[];
  /** of the CUSUM; ln 200 */
  threshold?: number;
}

/** Gap between evaluator and execution that is none, in units of u. */
const TRUTH_GAP = 0.01;

/** The evaluator was exchanged for one that likes the current style: |bias| - 2.6 SE > .01 on the reference set. */
const swap: Check<EvaluatorTrail> = {
  name: 'swap',
  finds: ({ evaluator, bridge: scores }) => {
    if (scores === null) return null;
    const { bias, verdict } = bridge(scores);
    if (verdict !== 'drifted') return null;
    return {
      why: `invalid: evaluator-drift: ${evaluator} scores the reference artifacts ${bias.toFixed(3)} off`,
      response: [
        { do: 'invalidate', evaluator },
        { do: 'quarantine-evaluator', evaluator },
        { do: 're-score', evaluator },
      ],
    };
  },
};

/** Artifacts learn what the evaluator likes: a CUSUM on (evaluator's gain - executed gain) - .01 per promotion. */
const game: Check<EvaluatorTrail> = {
  name: 'game',
  finds: ({ promoted, threshold }) => {
    const gaps = promoted.map(({ evaluatorGain, executedGain }) =>
      evaluatorGain.map((gain, task) => gain - (executedGain[task] ?? Number.NaN) - TRUTH_GAP),
    );
    const at = cusumAlarm(gaps, threshold);
    if (at === null) return null;
    return {
      why: `evaluator-capture: by promotion ${String(at)} the evaluator pays for what execution doesn't show`,
      response: [
        { do: 'demote', artifacts: promoted.map(({ artifact }) => artifact) },
        { do: 'add-counter-canaries' },
      ],
    };
  },
};

export const evaluatorCapture: Detector<EvaluatorTrail> = { mode: 'evaluator-capture', checks: [swap, game] };
