import { LATENCY } from './latency.js';
import type { SimulatedEngine } from './simulated-engine.js';
import type { VirtualTemporal } from './virtual-temporal.js';

/** As many activities at a time as the control worker takes. */
const AT_A_TIME = 64;

/** Polls the control queue for as long as there is a place. */
export const startControlWorker = (temporal: VirtualTemporal, engine: SimulatedEngine): void => {
  const { clock } = temporal;
  const poll = (): void => {
    temporal.queue('control').poll((activity) => {
      const attempt = activity.start();
      clock.after(LATENCY.dispatch, () => {
        const { ms, result, failure } = engine.control(activity.type, activity.args);
        const end = clock.after(ms, () => {
          if (failure === undefined) attempt.complete(result);
          else attempt.fail(failure, 'ModelFailed');
          poll();
        });
        attempt.onCancel = () => {
          end.happen = null;
          attempt.fail('cancelled', 'Cancelled');
          poll();
        };
      });
    });
  };
  for (let place = 0; place < AT_A_TIME; place++) poll();
};
