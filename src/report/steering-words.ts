import type { RecordedExperiment } from './loop-summary.js';
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

/** What the rows of a loop say of its mechanism, in words; '' where it gave no directive. */
export const directivesInWords = (rows: readonly RecordedExperiment[]): string => {
  const asked = rows.flatMap(({ steering }) => (steering?.directive == null ? [] : [steering]));
  const [first] = asked;
  if (first === undefined) return '';
  const obeyed = asked.filter(({ compliance }) => compliance?.complied === true).length;
  return `mechanism ${first.mechanism ?? ''}: ${String(asked.length)} directives, ${String(obeyed)} obeyed`;
};
