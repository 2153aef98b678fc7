import type { Directive, MechanismContext } from '../../contract/mechanism.js';

/** What a loop does without a mechanism. */
export const IDENTITY: Directive = { why: 'identity: the loop does as it would' };

/** Whether a directive asks for nothing at all; what one that asks comes to in its loop is its effect. A batch of nothing is nothing. */
export const asksNothing = (
  directive: Directive,
  { incumbent }: { incumbent: Pick<MechanismContext['incumbent'], 'id'> },
): boolean => {
  const { forbid = [], prefer = [], move, parent, operator, acceptTemp = 0, replicate } = directive;
  const { fidelity = 1, hint = '' } = directive;
  const steers = move !== undefined || operator !== undefined || replicate !== undefined || hint !== '';
  return (
    !steers &&
    forbid.length === 0 &&
    prefer.every(({ w }) => w === 1) &&
    (parent === undefined || parent === incumbent.id) &&
    !(acceptTemp > 0 || fidelity < 1)
  );
};
