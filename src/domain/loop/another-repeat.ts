/** So many runs with one and the same value are taken to show that there is no noise. */
const ENOUGH = 3;

/** Whether the unchanged artifact is to be run once more: as often as the rule wants, unless nothing varies. */
export const anotherRepeat = (values: readonly (number | null)[], wanted: number): boolean => {
  const still = values.length >= ENOUGH && values.every((value) => value !== null && value === values[0]);
  return values.length < wanted && !still;
};
