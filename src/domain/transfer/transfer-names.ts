import { random } from '../random.js';

const STUDY = /^(.+)\/transfer\/[^/]+$/;

/** Id of a study: the same question finds its runs again. */
export const transferId = (
  loop: string,
  { at, to, pairs, only }: { at: number; to: readonly string[]; pairs: number; only?: readonly number[] },
): string => {
  const some = only === undefined ? '' : `-only-${only.toSorted((a, b) => a - b).join('.')}`;
  return `${loop}/transfer/${String(at)}-${[...to].toSorted().join('+')}-${String(pairs)}${some}`;
};

/** Whether this names a study, and no loop. */
export const isTransfer = (id: string): boolean => STUDY.test(id);

/** Numbers of a study's seeds begin here: far from those that the loop has chosen by, and from any other study's. */
export const firstSeed = (id: string): number => 1_000_000 + random('transfer', id).int(2 ** 30);
