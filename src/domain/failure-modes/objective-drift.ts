import { cusumAlarm } from './cusum-alarm.js';
import type { Detector } from './detector.js';

/** One lift of the objective. */
export interface ObjectiveLift {
  objectiveHash: string;
  /** gain in the level's own metric, in units of u */
  claimed: number;
  /** held-out gain per task, in units of u */
  heldOut: readonly number[];
  /** its held-out verdict was 'pays' */
  validated: boolean;
}

export interface ObjectiveTrail {
  lifts: readonly ObjectiveLift[];
  /** of the CUSUM; ln 200 */
  threshold?: number;
}

/** Share of a claim that must be seen on held-out tasks. */
const CLAIM_SHARE = 0.5;

/**
 * The objective drifts when lifts claim more than twice what they deliver: a CUSUM of e-values on .5 claimed - held-out
 * gain per task. The objective goes back to the last one that was validated before the alarm.
 */
export const objectiveDrift: Detector<ObjectiveTrail> = {
  mode: 'objective-drift',
  checks: [
    {
      name: 'claims',
      finds: ({ lifts, threshold }) => {
        const excess = lifts.map(({ claimed, heldOut }) =>
          heldOut.map((gain) => CLAIM_SHARE * claimed - gain),
        );
        const at = cusumAlarm(excess, threshold);
        if (at === null) return null;
        const sound = lifts.slice(0, at).findLast(({ validated }) => validated);
        return {
          why: `by lift ${String(at)} less than half of what the objective claims was seen on held-out tasks`,
          response: [
            { do: 'revert-objective', to: sound?.objectiveHash ?? null },
            { do: 'freeze-level', level: 'R3' },
          ],
        };
      },
    },
  ],
};
