import { CancellationScope, condition } from '@temporalio/workflow';
import { chooseDevice } from '../../../domain/device/choose-device.js';
import { classOf, preferences } from '../../../domain/device/preferences.js';
import { awaitDevice } from '../activities.js';
import type { Loop } from '../loop.js';
import { takeDevice, tellUnserved } from './fix-devices.js';
import { unless } from './unless.js';

/** The class that the loop may go on with instead; null: its own is served again, or the step has ended. */
const another = async (loop: Loop, hasEnded: () => boolean): Promise<boolean> => {
  const classes = preferences(loop.input.task);
  const found = await unless(
    () => hasEnded() || loop.unserved === null,
    async () => awaitDevice({ classes }),
  );
  const own = classOf(loop.input.task, loop.state);
  const chosen = found === null || found.living.includes(own) ? null : chooseDevice(classes, found.living);
  if (chosen === null) return false;
  const why = `nobody served ${own} any more, and no baseline was measured yet`;
  takeDevice(loop, classes, { class: chosen.class, why });
  tellUnserved(loop, null);
  return true;
};

/** Begins the step anew on the next class as often as its own is lost. */
const moving = async <T>(loop: Loop, step: () => Promise<T>): Promise<T> => {
  for (;;) {
    const scope = new CancellationScope({ cancellable: true });
    const mark = { ended: false };
    const running = scope.run(step).finally(() => (mark.ended = true));
    running.catch(() => undefined);
    const ended = (): boolean => mark.ended;
    let moves = false;
    while (!ended() && !moves) {
      await condition(() => ended() || loop.unserved !== null);
      if (!ended()) moves = await another(loop, ended);
      if (!ended() && !moves) await condition(() => ended() || loop.unserved === null);
    }
    if (!moves) return running;
    scope.cancel();
    await running.catch(() => undefined);
  }
};

/**
 * A step that nothing is compared with yet: where the task says so, it is begun anew on the next preferred class when
 * nobody serves the chosen one any more. What was measured on the old one is forgotten.
 */
export const onServedDevice = <T>(loop: Loop, step: () => Promise<T>): Promise<T> => {
  const { task, research } = loop.input;
  const may = task.run.onMissingDevice === 'next' && preferences(task).length > 1 && research === undefined;
  return may ? moving(loop, step) : step();
};
