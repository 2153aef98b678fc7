import { condition } from '@temporalio/workflow';
import { classOf } from '../../../domain/device/preferences.js';
import { quietMs } from '../../../domain/device/quiet.js';
import { awaitDevice, livingClasses } from '../activities.js';
import type { Loop } from '../loop.js';
import { tellUnserved } from './fix-devices.js';
import { unless } from './unless.js';

/** Nothing came back for long: says so where nobody serves the class, until somebody does or a run ends after all. */
const look = async (loop: Loop, isOver: () => boolean): Promise<void> => {
  const { ended } = loop.onDevice;
  const device = classOf(loop.input.task, loop.state);
  const moved = () =>
    isOver() || loop.onDevice.ended !== ended || classOf(loop.input.task, loop.state) !== device;
  const { living } = await livingClasses({ classes: [device] });
  if (living.length > 0 || moved()) return;
  tellUnserved(loop, [device]);
  await unless(moved, async () => awaitDevice({ classes: [device] }));
  tellUnserved(loop, null);
};

/** Beside the loop: a timer now and then, and a look at the queue only where runs have been quiet all the while. */
export const watchDevices = async (loop: Loop, isOver: () => boolean): Promise<void> => {
  while (!isOver()) {
    const { ended } = loop.onDevice;
    await condition(isOver, quietMs(loop.state.meanRunSeconds));
    const isQuiet = loop.onDevice.now > 0 && loop.onDevice.ended === ended;
    if (isQuiet && !isOver()) await look(loop, isOver);
  }
};
