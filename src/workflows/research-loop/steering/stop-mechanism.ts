import { recordFault } from '../../../domain/mechanism/mechanism-record.js';
import type { Loop } from '../loop.js';
import { steeringOf } from './guide.js';

/** Takes the loop's mechanism out, as if it had broken: also where it is being asked at this moment. */
export const stopMechanism = (loop: Loop, why: string): void => {
  const steering = steeringOf(loop);
  loop.state.steering = { ...steering, record: recordFault(steering.record, why), current: null };
  const name = loop.input.method?.policy.mechanism?.name ?? '';
  loop.event('notice', `mechanism ${name} is out (${why}): the loop goes on without it`);
};
