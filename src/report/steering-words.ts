import type { RecordedExperiment } from './loop-summary.js';
import type { SteeredBy } from '../contract/steering.js';
import { TRIALS_TO_ACT } from '../domain/gates/canary.js';
import { IDENTITY, asksNothing } from '../domain/mechanism/identity.js';
import { isFollowed } from '../domain/mechanism/compliance.js';
import { candidateKey } from '../domain/mechanism/move-key.js';

/** No experiment has this id. */
const NOBODY = -1;

/** A parent that was the incumbent is not on the row, and one that the directive doesn't name is the method's restart. */
const incumbentOf = ({ directive, parent }: SteeredBy): { incumbent: { id: number } } => {
  const named = directive?.parent;
  return { incumbent: { id: named === undefined || named === parent ? NOBODY : named } };
};

const changesNothing = (steering: SteeredBy): boolean =>
  steering.acts === false || asksNothing(steering.directive ?? IDENTITY, incumbentOf(steering));

const hadItsWay = (steering: SteeredBy): boolean =>
  steering.acts !== false &&
  isFollowed(steering.directive ?? IDENTITY, steering.compliance?.complied === true, incumbentOf(steering));

/** What a mechanism asked of a candidate, why, and whether it is that; '' without one. */
export const steeringWords = ({ steering }: Pick<RecordedExperiment, 'steering'>): string => {
  if (steering === undefined) return '';
  const { directive, mechanism, parent, moves, compliance, again } = steering;
  const isKnown = again?.judged === false;
  const moved = moves.length === 0 ? 'no knob was moved' : `moved ${candidateKey(moves)}`;
  const did = isKnown ? `measured #${String(again.id)} again` : moved;
  const from = parent === null || isKnown ? '' : `, from experiment ${String(parent)}`;
  if (directive === null || mechanism === null) return `${did}${from}`;
  const asks = compliance !== null && !changesNothing(steering);
  const obeyed = !asks ? '' : compliance.complied ? ', as asked' : ', not as asked';
  return `${mechanism} said: ${directive.why}; ${did}${from}${obeyed}`;
};

/** What the rows of a loop say of its mechanism, in words; '' where it gave no directive. */
export const directivesInWords = (rows: readonly RecordedExperiment[]): string => {
  const asked = rows.flatMap(({ steering }) => (steering?.directive == null ? [] : [steering]));
  const [first] = asked;
  if (first === undefined) return '';
  const obeyed = asked.filter(hadItsWay).length;
  const name = `mechanism ${first.mechanism ?? ''}`;
  if (asked.length >= TRIALS_TO_ACT && asked.every(changesNothing))
    return `${name} is inert and doesn't count: of ${String(asked.length)} directives none changed what came next`;
  return `${name}: ${String(asked.length)} directives, ${String(obeyed)} obeyed`;
};
