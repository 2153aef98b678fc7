import type { EpochInput, EpochResult } from '../../contract/epoch.js';
import { isBiased } from '../../domain/epoch/bridge.js';
import { counted, formatSpread } from '../../domain/format.js';

const verdictOf = ({ decision, bridge }: Pick<EpochResult, 'decision' | 'bridge'>): string =>
  ({
    continue: 'accepted: one scale',
    'new-scale': isBiased(bridge) ? 'another scale' : 'not shown to be one scale',
    refuse: 'refused',
  })[decision];

const number = (value: number | null): string => (value === null ? '–' : formatSpread(value));

/** What `autolift epoch` prints of a bridge. */
export function epochText(
  { loop, epoch }: EpochInput,
  { decision, why, bridge, scores }: EpochResult,
): string {
  const next = {
    continue: `Epoch ${String(epoch)} starts from the incumbent, measured anew.`,
    'new-scale': `\`autolift epoch ${loop} --new-scale\` starts epoch ${String(epoch)} all the same; nothing of before is compared with it.`,
    refuse: 'Mend the evaluator and commit it. The loop and its scores are as they were.',
  }[decision];
  return [
    `Epoch ${String(epoch)} of ${loop}: ${verdictOf({ decision, bridge })}`,
    `  ${why}`,
    `  ${counted(scores.length, 'artifact')} scored by both, ${String(bridge.artifacts)} compared: bias ${number(bridge.bias)} ± ${number(bridge.se)} of the old range, Kendall's tau ${number(bridge.tau)}`,
    `  ${next}`,
  ].join('\n');
}
