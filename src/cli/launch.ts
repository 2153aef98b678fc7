import type { LoopInput } from '../contract/loop.js';
import { branchName } from '../contract/names.js';
import { UserError } from '../contract/user-error.js';
import { checkRefName } from '../storage/git/ref-name.js';
import type { Repository } from '../storage/git/repository.js';
import type { Engine } from './engine.js';
import { startLoop } from './start-loop.js';
import { pickTag } from './task/pick-tag.js';

export interface Launch {
  /** everything but what the tag decides */
  input: Omit<LoopInput, 'v' | 'loop' | 'tag'>;
  repository: Repository;
  asked: string | undefined;
}

export const loopId = (task: string, tag: string): string => `${task}/${tag}`;

/** Whether a branch of this tag is there; before an engine runs nothing else can be asked. */
export const branchTaken =
  (repository: Repository, task: string) =>
  async (tag: string): Promise<boolean> => {
    checkRefName(`refs/autolift/${loopId(task, tag)}/0`);
    return (await repository.branchTip(branchName(tag))) !== null;
  };

/** Starts a loop under its tag, or the next free one, and says what it is called. */
export const launch = async (engine: Engine, { input, repository, asked }: Launch): Promise<LoopInput> => {
  const name = input.task.name;
  const taken = new Set((await engine.ledger.loops()).map(({ loop }) => loop));
  const onBranch = branchTaken(repository, name);
  for (;;) {
    const tag = await pickTag({
      asked,
      now: new Date(),
      isTaken: async (candidate) => taken.has(loopId(name, candidate)) || onBranch(candidate),
    });
    const claim = { branch: branchName(tag), at: input.source.baseCommit };
    // loops of other tasks have other ids, so that only git can say whose the branch is
    if (!(await repository.claimBranch(claim))) continue;
    const whole: LoopInput = { v: 1, loop: loopId(name, tag), tag, ...input };
    if (await startLoop(engine, whole)) return whole;
    await repository.releaseBranch(claim);
    taken.add(whole.loop);
    if (taken.size > 100_000) throw new UserError('no tag is free', '--tag', 'Name one.');
  }
};
