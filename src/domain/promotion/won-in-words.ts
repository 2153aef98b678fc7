import { crashRateInWords } from '../evidence/clean-runs.js';
import { falseRate, testInWords, type Tested } from './test-in-words.js';

const droppedInWords = (branch: readonly string[], left: readonly string[]): string => {
  const dropped = branch.filter((change) => !left.includes(change));
  return dropped.length === 0
    ? ''
    : `; without ${dropped.map((one) => `#${one}`).join(', ')}, whose loss costs less than the margin`;
};

/** Crashes of the branch itself; on all of them the trunk crashed too. */
const crashesIn = ({ pairs }: Tested): string =>
  crashRateInWords({ runs: pairs.length, crashes: pairs.filter(({ left }) => left === null).length });

/** What a won test says, how often one like it is wrong, how often it may crash, and what of the branch was dropped. */
export const wonInWords = (
  tested: Tested,
  { branch, left }: { branch: readonly string[]; left: readonly string[] },
): string =>
  `${testInWords(tested).measured}; ${falseRate(tested)}; ${crashesIn(tested)}${droppedInWords(branch, left)}`;
