import type { Json } from '../../contract/json.js';
import type { Directive, MechanismContext, Move, Pattern } from '../../contract/mechanism.js';
import { directiveText } from '../lift/mechanism-distance.js';
import { moveKey } from './move-key.js';

type Acts = { readonly [key: string]: Json };

const texts = (list: readonly (Pattern | object)[]): string[] =>
  [...new Set(list.map((one) => directiveText(one as Acts)))].sort();

const inOrder = (moves: readonly Move[]): string[] => moves.map(moveKey).sort();

/** Where a directive is given. */
type At = { incumbent: Pick<MechanismContext['incumbent'], 'id'> };

/** What a directive does, without what changes nothing: empty lists, weights of 1, the incumbent as the parent, a batch of nothing. */
const actsOf = (directive: Directive, { incumbent }: At): Acts => {
  const { forbid = [], prefer = [], move, parent, operator, acceptTemp = 0, replicate } = directive;
  const { fidelity = 1, batch = 1, hint = '' } = directive;
  const weighed = prefer.filter(({ w }) => w !== 1);
  const acts: Acts = {
    ...(forbid.length > 0 && { forbid: texts(forbid) }),
    ...(weighed.length > 0 && { prefer: weighed.map((one) => directiveText(one as unknown as Acts)).sort() }),
    ...(move !== undefined && { move: inOrder(move) }),
    ...(parent !== undefined && parent !== incumbent.id && { parent }),
    ...(operator !== undefined && { operator }),
    ...(acceptTemp > 0 && { acceptTemp }),
    ...(replicate !== undefined && { replicate: { ...replicate } }),
    ...(fidelity < 1 && { fidelity }),
    ...(hint !== '' && { hint }),
  };
  return batch > 1 && Object.keys(acts).length > 0 ? { ...acts, batch } : acts;
};

/** One text for all directives that do the same: what mechanisms are compared by. */
export const canonicalDirective = (directive: Directive, context: At): string =>
  directiveText(actsOf(directive, context));

export const IDENTITY: Directive = { why: 'identity: the loop does as it would' };

/** Whether a directive leaves the loop as it is. A batch alone does: nothing for several proposals is nothing. */
export const isIdentity = (directive: Directive, { incumbent }: At): boolean => {
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
