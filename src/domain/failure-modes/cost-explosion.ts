import type { Detector } from './detector.js';

/** What the lifts of a tower cost and earned so far, the next one not yet started. */
export interface CostTrail {
  /** cost of each lift, in GPU-seconds */
  costs: readonly number[];
  /** held-out gain of each lift, in units of u */
  gains: readonly number[];
  /** what the tower may cost in all, in GPU-seconds */
  envelope: number;
}

/** Cost of the next lift, grown like the last one and never below it. */
export const projectedCost = (costs: readonly number[]): number => {
  const [last, before] = [costs.at(-1) ?? 0, costs.at(-2) ?? 0];
  return before > 0 ? last * Math.max(1, last / before) : last;
};

/** Did each of the last two lifts earn less for its cost than the one before? Alone it's no alarm: gains do decay. */
export const isRentPerCostFalling = ({ costs, gains }: Omit<CostTrail, 'envelope'>): boolean => {
  const [a, b, c] = gains.map((gain, lift) => gain / (costs[lift] ?? Number.NaN)).slice(-3);
  return a !== undefined && b !== undefined && c !== undefined && a > b && b > c;
};

/** Cost explodes when what was spent and the projected next lift pass the envelope together. */
export const costExplosion: Detector<CostTrail> = {
  mode: 'cost-explosion',
  checks: [
    {
      name: 'projection',
      finds: (trail) => {
        const spent = trail.costs.reduce((sum, one) => sum + one, 0);
        const projected = projectedCost(trail.costs);
        // a cost that is no number passes every envelope
        if (spent + projected <= trail.envelope) return null;
        const falling = isRentPerCostFalling(trail) ? ', while what a unit of cost earns is falling' : '';
        return {
          why: `${spent.toFixed(1)} spent and ${projected.toFixed(1)} projected pass the envelope of ${trail.envelope.toFixed(1)}${falling}`,
          response: [
            { do: 'refuse-lift', projected },
            { do: 'finish-in-budget', left: Math.max(0, trail.envelope - spent) },
          ],
        };
      },
    },
  ],
};
