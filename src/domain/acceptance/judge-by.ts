import type { Measurement } from '../../contract/measurement.js';
import { decide, type Decision, type Question } from './decide.js';

/** Hands over one measurement, or null where there is none to be had. */
export type Supply = (role: 'candidate' | 'incumbent', index: number) => Measurement | null;

/** A verdict with all that was measured for it, or what could not be measured. */
export type Judgement =
  | { known: true; decision: Extract<Decision, { decision: 'final' }>; used: Measurement[] }
  | { known: false; reason: string; used: Measurement[] };

const missing = (role: string, index: number, why: string): string =>
  index === 0
    ? `its ${role} was never run`
    : `${why}${why === '' ? '' : '; '}run ${String(index + 1)} of the ${role} is not in the record`;

/**
 * Asks a rule as the loop does: the screening run first, then what the rule wants, index by index, with the first place
 * in turns. Nothing that the rule did not ask for reaches it.
 */
export const judgeBy = (question: Omit<Question, 'measurements'>, supply: Supply): Judgement => {
  const used: Measurement[] = [];
  let why = '';
  let wanted: ['candidate' | 'incumbent', number][] = [['candidate', 0]];
  for (;;) {
    for (const [role, index] of wanted) {
      const measured = supply(role, index);
      if (measured === null) return { known: false, reason: missing(role, index, why), used };
      used.push(measured);
    }
    const decision = decide({ ...question, measurements: used });
    if (decision.decision === 'final') return { known: true, decision, used };
    why = decision.reason;
    const index = Math.min(...decision.candidate, ...decision.incumbent);
    wanted = [];
    if (decision.incumbent.includes(index)) wanted.push(['incumbent', index]);
    if (decision.candidate.includes(index)) wanted.push(['candidate', index]);
    if (index % 2 === 0) wanted.reverse();
  }
};
