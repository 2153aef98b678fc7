import type { ChosenDevice } from '../../../contract/chosen-device.js';
import { choiceInWords, chooseDevice, nobodyServes } from '../../../domain/device/choose-device.js';
import { preferenceKey, preferenceLists } from '../../../domain/device/preferences.js';
import { awaitDevice, livingClasses } from '../activities.js';
import type { Loop } from '../loop.js';
import { show } from '../show.js';
import { unless } from './unless.js';

/** Tells that a loop waits for a device worker, or waits no more. */
export const tellUnserved = (loop: Loop, classes: readonly string[] | null): void => {
  const before = loop.unserved;
  loop.unserved = classes === null ? null : nobodyServes(classes);
  if (loop.unserved === before) return;
  loop.event('device', loop.unserved ?? 'a device worker runs again');
  show(loop);
};

/** Writes down which class a list of preferences has come to. */
export const takeDevice = (loop: Loop, classes: readonly string[], chosen: ChosenDevice): void => {
  loop.state = {
    ...loop.state,
    devices: { ...loop.state.devices, [preferenceKey(classes)]: chosen },
  };
  loop.event('device', `runs on ${choiceInWords(chosen)}`);
  show(loop);
};

/** Waits for whoever comes first; null: the loop was stopped meanwhile. */
const choose = async (loop: Loop, classes: string[]): Promise<ChosenDevice | null> => {
  const now = await livingClasses({ classes });
  const chosen = chooseDevice(classes, now.living);
  if (chosen !== null) return chosen;
  tellUnserved(loop, classes);
  const later = await unless(
    () => loop.stopping !== null,
    async () => awaitDevice.executeWithOptions({ summary: nobodyServes(classes) }, [{ classes }]),
  );
  tellUnserved(loop, null);
  return later === null ? null : chooseDevice(classes, later.living);
};

/** At a loop's start: the class that it measures on from then on; false if it was stopped before there was one. */
export const fixDevices = async (loop: Loop): Promise<boolean> => {
  for (const classes of preferenceLists(loop.input)) {
    const chosen = await choose(loop, classes);
    if (chosen === null) return false;
    if (classes.length > 1) takeDevice(loop, classes, chosen);
  }
  return true;
};
