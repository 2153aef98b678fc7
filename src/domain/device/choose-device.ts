import type { ChosenDevice } from '../../contract/chosen-device.js';

/** The first class in order that somebody serves; null: nobody serves any. */
export const chooseDevice = (classes: readonly string[], living: readonly string[]): ChosenDevice | null => {
  const at = classes.findIndex((one) => living.includes(one));
  const chosen = classes[at];
  if (chosen === undefined) return null;
  const passed = classes.slice(0, at);
  return { class: chosen, why: passed.length === 0 ? '' : `nobody served ${passed.join(' or ')}` };
};

/** A choice in words, as `a100 (nobody served h100)`. */
export const choiceInWords = ({ class: chosen, why }: ChosenDevice): string =>
  why === '' ? chosen : `${chosen} (${why})`;

/** That a loop waits, and for whom. */
export const nobodyServes = (classes: readonly string[]): string => {
  const [only] = classes;
  return classes.length === 1
    ? `no worker serves the device class ${only ?? ''}; nothing is lost, its runs wait for one`
    : `no worker serves any of the device classes ${classes.join(', ')}; nothing is lost, the loop waits for one`;
};
