import type { SettleRequest } from '../contract/activities.js';
import { branchName } from '../contract/names.js';
import type { BranchMoved } from '../storage/git/advance-branch.js';
import type { Deps } from './deps.js';

type About = Pick<SettleRequest, 'loop' | 'tag' | 'source' | 'tip'>;

/** Loops of other tasks that keep on the same branch of the same repository. */
const alsoThere = async (ledger: Deps['ledger'], { loop, tag, source }: About): Promise<string[]> => {
  const named = (await ledger.loops()).filter((one) => one.loop !== loop && one.loop.endsWith(`/${tag}`));
  const records = await Promise.all(named.map(async (one) => await ledger.record(one.loop)));
  return records.flatMap((record) =>
    record?.loop.input.tag === tag && record.loop.input.source.repository === source.repository
      ? [record.loop.loop]
      : [],
  );
};

/** How to go on where a branch was moved; whatever is on it now is somebody's, and no advice takes it from them. */
export const movedAdvice = async (
  ledger: Deps['ledger'],
  about: About,
  { message, found }: BranchMoved,
): Promise<string> => {
  const { loop, tag, tip } = about;
  const ref = `refs/heads/${branchName(tag)}`;
  if (found === null) return `${message}; \`git update-ref ${ref} ${tip}\` makes it again, then resume`;
  const others = await alsoThere(ledger, about);
  if (others.length > 0)
    return (
      `${message}: it is the branch of ${others.join(', ')} too; leave it to that, \`autolift stop ${loop}\`, and ` +
      `go on from its last keep on a branch of its own with \`autolift fork\``
    );
  return (
    `${message}; \`git branch ${tag}-aside ${found}\` keeps what is there, ` +
    `\`git update-ref ${ref} ${tip} ${found}\` sets it back, then resume`
  );
};
