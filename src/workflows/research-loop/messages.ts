import { defineQuery, defineUpdate, setHandler } from '@temporalio/workflow';
import type { LoopStatus } from '../../contract/loop.js';
import type { LoopMessages } from '../../contract/loop-messages.js';
import { QUERIES, UPDATES } from '../../contract/names.js';
import { checkMessage } from '../../domain/loop/check-message.js';
import { applyMessage } from './apply-message.js';
import type { Loop } from './loop.js';
import { listenAbove } from './research/listen-above.js';
import { statusOf } from './status.js';

export const statusQuery = defineQuery<LoopStatus>(QUERIES.status);

/** Every update is refused by a pure check before it leaves a trace, then applied without waiting. */
const handle = (loop: Loop, name: keyof LoopMessages): void => {
  setHandler(
    defineUpdate<string, [LoopMessages[typeof name]]>(UPDATES[name]),
    (message) => applyMessage(loop, name, message),
    {
      validator: (message) => {
        const objection = checkMessage(loop, name, message);
        if (objection !== null) throw new Error(objection);
      },
    },
  );
};

export const listen = (loop: Loop): void => {
  setHandler(statusQuery, () => statusOf(loop));
  listenAbove(loop);
  for (const name of Object.keys(UPDATES) as (keyof LoopMessages)[]) handle(loop, name);
};
