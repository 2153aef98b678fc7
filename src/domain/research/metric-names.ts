/** Names that a measurement by research gives to u and to the device-seconds of each of its units. */
export const scoreName = (unit: string): string => `u/${unit}`;
export const costName = (unit: string): string => `cost/${unit}`;

/** Share of the child loops whose mechanism was live, beside them; absent without one. */
export const LIVE_SHARE = 'mechanism/live';

/** Share of those that ended before their mechanism had its chance; absent where none did. */
export const UNTRIED_SHARE = 'mechanism/untried';

/** Share of those whose mechanism broke or was taken out; absent where none did. */
export const FAULTY_SHARE = 'mechanism/faulty';

const SCORE = /^u\/(.+)$/;

/** u of each unit among a measurement's metrics; null where it was not made by research. */
export const scoresIn = (metrics: Readonly<Record<string, number>>): Record<string, number> | null => {
  const scores = Object.entries(metrics).flatMap(([name, value]) => {
    const unit = SCORE.exec(name)?.[1];
    return unit === undefined ? [] : [[unit, value] as const];
  });
  return scores.length === 0 ? null : Object.fromEntries(scores);
};
