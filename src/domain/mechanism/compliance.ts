import type { Directive, Knob, Trial } from '../../contract/mechanism.js';
import { asksNothing } from './identity.js';
import { forbiddenBy, preference } from './enforce.js';
import { candidateKey } from './move-key.js';

export type Obeyed = 'obeyed' | 'ignored' | 'unknown';

/** What became of the parts of a directive that speak of the next trial; a part that it lacks isn't named. */
export interface Compliance {
  complied: boolean;
  parts: Partial<
    Record<'forbid' | 'prefer' | 'move' | 'parent' | 'operator' | 'fidelity' | 'replicate' | 'hint', Obeyed>
  >;
}

const obeyed = (yes: boolean): Obeyed => (yes ? 'obeyed' : 'ignored');

/** A hint that names knobs was followed by a trial of one of them; what another hint asks for only a reader can say. */
const hintOf = (hint: string, { moves }: Trial, space: readonly Knob[]): Obeyed => {
  const words = new Set(
    hint.split(/[^\w.:/-]+/).flatMap((word) => [word, word.replace(/[+-]\d*$|[.:]+$/, '')]),
  );
  const named = space.filter(({ id }) => words.has(id));
  if (named.length === 0) return 'unknown';
  return obeyed(named.some(({ id }) => moves.some(({ knob }) => knob === id)));
};

type Asked = { space: readonly Knob[]; incumbent: { id: number } };

/** What a trial has to obey. */
const duties = (directive: Directive, trial: Trial, { space, incumbent }: Asked): Compliance['parts'] => {
  const { forbid, move, parent, operator, fidelity, replicate } = directive;
  const { moves } = trial;
  return {
    ...(forbid !== undefined && { forbid: obeyed(forbiddenBy(directive, moves, space) === null) }),
    ...(move !== undefined && { move: obeyed(candidateKey(move) === candidateKey(moves)) }),
    ...(parent !== undefined && { parent: obeyed((trial.parentId ?? incumbent.id) === parent) }),
    ...(operator !== undefined && { operator: obeyed(trial.operator === operator) }),
    ...(fidelity !== undefined && { fidelity: obeyed(trial.fidelity === fidelity) }),
    // a trial that was measured again has no candidate of its own to be asked about
    ...(replicate !== undefined && { replicate: obeyed(trial.reason === 'again') }),
  };
};

/** Whether a trial is what the directive asked for, part by part. Preferences and hints may be passed over: they don't count against it. */
export const compliance = (directive: Directive, trial: Trial, asked: Asked): Compliance => {
  const { prefer, hint } = directive;
  const must = duties(directive, trial, asked);
  const may: Compliance['parts'] = {
    ...(prefer !== undefined && { prefer: obeyed(preference(directive, trial.moves, asked.space) > 1) }),
    ...(hint !== undefined && { hint: hintOf(hint, trial, asked.space) }),
  };
  return { complied: isObeyed(must), parts: { ...must, ...may } };
};

const isObeyed = (must: Compliance['parts']): boolean => !Object.values(must).includes('ignored');

/** The same in a word, for whoever doesn't ask for the parts. */
export const complies = (directive: Directive, trial: Trial, asked: Asked): boolean =>
  isObeyed(duties(directive, trial, asked));

/** Whether a mechanism had its way: to have asked for nothing is not to be obeyed. */
export const isFollowed = (directive: Directive, complied: boolean, at: Pick<Asked, 'incumbent'>): boolean =>
  complied && !asksNothing(directive, at);
