import type { MethodInForce } from '../../../contract/method.js';
import type { Prepared } from '../../../contract/proposal.js';
import { gain } from '../../../domain/score.js';
import { acceptedAsParent } from '../../../domain/mechanism/accepted-as-parent.js';
import { isFollowed } from '../../../domain/mechanism/compliance.js';
import { inertReason } from '../../../domain/steering/mechanism-standing.js';
import { random } from '../../../domain/random.js';
import type { Loop } from '../loop.js';
import type { Ending } from '../ending.js';
import { isSteered, steeringOf } from './guide.js';

/** What a proposal turned out to move is known to the mechanism from now on, long before its verdict. */
export const notePending = (loop: Loop, { experiment, proposer, steering: asked }: Prepared): void => {
  if (asked === undefined || !isSteered(loop)) return;
  const steering = steeringOf(loop);
  const others = steering.pending.filter((one) => one.experiment !== experiment);
  const of = asked.again === undefined ? {} : { of: asked.again.id };
  const one = { experiment, operator: proposer, moves: asked.moves, ...of };
  const isKnown = asked.moves.length > 0 || asked.again !== undefined;
  loop.state.steering = { ...steering, pending: isKnown ? [...others, one] : others };
};

/** Counts what became of a directive, and goes on from a candidate that annealing accepts. */
export const takeIn = (loop: Loop, prepared: Prepared, ending: Ending): void => {
  const { steering: asked, experiment } = prepared;
  if (asked === undefined || loop.input.method === undefined) return;
  const steering = steeringOf(loop);
  const { record, pending } = steering;
  const complied =
    asked.mechanism !== null &&
    asked.directive !== null &&
    isFollowed(asked.directive, asked.compliance?.complied === true, {
      incumbent: { id: ending.against?.experiment ?? 0 },
    });
  loop.state.steering = {
    ...steering,
    pending: pending.filter((one) => one.experiment !== experiment),
    record: complied ? { ...record, complied: record.complied + 1 } : record,
    walk: walkAfter(loop, prepared, ending),
  };
  tellInert(loop, loop.input.method);
};

/** Once: whoever reads the loop's events is to know that what it finds doesn't count for its mechanism. */
const tellInert = (loop: Loop, { policy }: MethodInForce): void => {
  const { state } = loop;
  const { steering } = state;
  if (policy.mechanism === null || steering === undefined || steering.inert === true) return;
  // the trial that just ended is one, and isn't in the books yet
  const reason = inertReason(steering.record, state.spent.experiments + 1);
  if (reason === null) return;
  state.steering = { ...steering, inert: true };
  loop.event('notice', `mechanism ${policy.mechanism.name} is inert and doesn't count: ${reason}`);
};

const walkAfter = (loop: Loop, prepared: Prepared, { outcome, value, against, incumbent }: Ending) => {
  const { walk } = steeringOf(loop);
  if (incumbent !== null || outcome === 'provisional') return null;
  const { acceptTemp } = prepared.steering?.directive ?? {};
  const isWorse = outcome === 'discard' || outcome === 'inconclusive';
  if (!isWorse || value === null || against === null || prepared.status !== 'ready') return walk;
  const { measure, seed } = loop.input.task;
  const { direction } = measure.metric;
  const better = gain({ value, direction }, { value: against.value, direction });
  const { experiment, commit } = prepared;
  const draw = random('accept', seed, experiment).next();
  return acceptedAsParent(better, acceptTemp, draw) ? { experiment, commit } : walk;
};
