import type { ChildEnd, EndBelow } from '../../contract/loop.js';

/** One child loop of a measurement, and what it is to research. */
export type Wanted = Omit<EndBelow, 'end'>;

const isOf = (loop: string, experiment: number, one: Wanted): boolean =>
  one.loop.startsWith(`${loop}/${String(experiment)}-`);

/** The end that a unit has come to already; another commit or seed is another measurement. */
export const endedBefore = (below: readonly EndBelow[] | undefined, wanted: Wanted): ChildEnd | null =>
  below?.find(
    ({ loop, commit, seed }) => loop === wanted.loop && commit === wanted.commit && seed === wanted.seed,
  )?.end ?? null;

/** How many loops of a unit's name there have been: a candidate that was carried over meanwhile is measured by others. */
export const namesTaken = (below: readonly EndBelow[] | undefined, { loop }: Wanted): number =>
  below?.filter((one) => one.loop === loop).length ?? 0;

/** The nth name of a unit's loop. */
export const nthName = (loop: string, nth: number): string =>
  nth === 0 ? loop : `${loop}.again-${String(nth + 1)}`;

/** What is still needed once an experiment has its row. */
export const withoutEndsOf = (
  { loop, experiment }: { loop: string; experiment: number },
  below: readonly EndBelow[],
): EndBelow[] => below.filter((one) => !isOf(loop, experiment, one));
