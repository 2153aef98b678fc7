import { branchName } from '../../contract/names.js';
import { UserError } from '../../contract/user-error.js';
import { checkRefName } from '../../storage/git/ref-name.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The tag of a day, as `nov21`. */
export const dayTag = (now: Date): string => `${MONTHS[now.getMonth()] ?? ''}${String(now.getDate())}`;

export interface TagChoice {
  /** given by the user; undefined: one is chosen */
  asked: string | undefined;
  now: Date;
  isTaken: (tag: string) => Promise<boolean>;
}

/** The loop's tag: as asked, and then it must be free, or the first free one of today. */
export const pickTag = async ({ asked, now, isTaken }: TagChoice): Promise<string> => {
  if (asked !== undefined) {
    checkRefName(`refs/heads/${branchName(asked)}`);
    if (asked.includes('/')) throw new UserError(`"${asked}" holds a slash`, '--tag', 'Use a single word.');
    if (!(await isTaken(asked))) return asked;
    throw new UserError(
      `the tag "${asked}" is taken: there is a branch ${branchName(asked)} or a loop of this name`,
      '--tag',
      `Choose another, or leave --tag out. \`autolift loops\` lists the loops; a branch that none of them has (one was killed as it began) goes by \`git branch -D ${branchName(asked)}\`.`,
    );
  }
  const day = dayTag(now);
  for (let n = 1; ; n += 1) {
    const tag = n === 1 ? day : `${day}-${String(n)}`;
    if (!(await isTaken(tag))) return tag;
  }
};
