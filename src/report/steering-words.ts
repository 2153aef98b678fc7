import type { RecordedExperiment } from './loop-summary.js';
import type { SteeredBy } from '../contract/steering.js';
import { TRIALS_TO_ACT } from '../domain/gates/canary.js';
import { isIdentity } from '../domain/mechanism/canonical-directive.js';
import { candidateKey } from '../domain/mechanism/move-key.js';

/** What a mechanism asked of a candidate, why, and whether it is that; '' without one. */
export const steeringWords = ({ steering }: Pick<RecordedExperiment, 'steering'>): string => {
  if (steering === undefined) return '';
  const { directive, mechanism, parent, moves, compliance, again } = steering;
  const isKnown = again?.judged === false;
  const moved = moves.length === 0 ? 'no knob was moved' : `moved ${candidateKey(moves)}`;
  const did = isKnown ? `measured #${String(again.id)} again` : moved;
  const from = parent === null || isKnown ? '' : `, from experiment ${String(parent)}`;
  if (directive === null || mechanism === null) return `${did}${from}`;
  const obeyed = compliance === null ? '' : compliance.complied ? ', as asked' : ', not as asked';
  return `${mechanism} said: ${directive.why}; ${did}${from}${obeyed}`;
};

/** A parent that was the incumbent is not on the row, and one that the directive doesn't name is the method's restart. */
const asksForNothing = ({ directive, parent }: SteeredBy): boolean => {
  const { parent: named, ...rest } = directive ?? { why: '' };
  return (named === undefined || named !== parent) && isIdentity(rest, { incumbent: { id: 0 } });
};

/** What the rows of a loop say of its mechanism, in words; '' where it gave no directive. */
export const directivesInWords = (rows: readonly RecordedExperiment[]): string => {
  const asked = rows.flatMap(({ steering }) => (steering?.directive == null ? [] : [steering]));
  const [first] = asked;
  if (first === undefined) return '';
  const obeyed = asked.filter(({ compliance }) => compliance?.complied === true).length;
  const name = `mechanism ${first.mechanism ?? ''}`;
  if (asked.length >= TRIALS_TO_ACT && asked.every(asksForNothing))
    return `${name} is inert and doesn't count: of ${String(asked.length)} directives none asked for anything`;
  return `${name}: ${String(asked.length)} directives, ${String(obeyed)} obeyed`;
};
