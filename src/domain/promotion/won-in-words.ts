import { falseRate, testInWords, type Tested } from './test-in-words.js';

const droppedInWords = (branch: readonly string[], left: readonly string[]): string => {
  const dropped = branch.filter((change) => !left.includes(change));
  return dropped.length === 0
    ? ''
    : `; without ${dropped.map((one) => `#${one}`).join(', ')}, whose loss costs less than the margin`;
};

/** What a won test says, how often one like it is wrong, and what of the branch was dropped. */
export const wonInWords = (
  tested: Tested,
  { branch, left }: { branch: readonly string[]; left: readonly string[] },
): string => `${testInWords(tested).measured}; ${falseRate(tested)}${droppedInWords(branch, left)}`;
