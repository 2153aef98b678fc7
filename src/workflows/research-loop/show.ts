import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { currentDetails } from '../../domain/loop/details.js';
import { classOf } from '../../domain/device/preferences.js';
import { whatStands } from '../../domain/promotion/what-stands.js';
import type { Loop } from './loop.js';
import { statusOf } from './status.js';

const EXPERIMENTS_BETWEEN_UPSERTS = 25;

const shown = new WeakMap<Loop, string>();

/** Keeps Temporal's UI current: details cost nothing, search attributes are an event each and change with decisions. */
export const show = (loop: Loop): void => {
  const { state, input } = loop;
  setCurrentDetails(currentDetails(statusOf(loop)));
  const { phase, spent } = state;
  const incumbent = whatStands(state);
  const rounded = Math.floor(spent.experiments / EXPERIMENTS_BETWEEN_UPSERTS);
  const device = classOf(input.task, state);
  const key = `${phase}/${String(incumbent?.experiment)}/${String(rounded)}/${device}`;
  if (shown.get(loop) === key) return;
  shown.set(loop, key);
  upsertSearchAttributes({
    Task: [input.task.name],
    LiftLevel: [input.level],
    DeviceClass: [device],
    Phase: [phase],
    Experiments: [spent.experiments],
    ...(incumbent === null ? {} : { BestScore: [incumbent.value] }),
  });
};
