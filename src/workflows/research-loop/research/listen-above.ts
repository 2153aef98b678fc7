import { setHandler } from '@temporalio/workflow';
import { applyMessage } from '../apply-message.js';
import type { Loop } from '../loop.js';
import { fromAbove } from './from-above.js';

const PAUSED_ABOVE = 'the loop above is paused';

/** A loop stands still with the loop or ablation above; one that its own person paused stays paused. */
export const listenAbove = (loop: Loop): void => {
  setHandler(fromAbove, ({ paused }) => {
    const { phase, note } = loop.state;
    if (phase === 'stopping' || phase === 'done' || phase === 'failed') return;
    if (paused && phase !== 'paused') applyMessage(loop, 'pause', { reason: PAUSED_ABOVE });
    if (!paused && phase === 'paused' && note === PAUSED_ABOVE) applyMessage(loop, 'resume', {});
  });
};
