import type { LoopStatus } from '../../contract/loop.js';
import { formatGain, formatSpread, formatValue } from '../../domain/format.js';
import { relativeGain } from '../../domain/relative-gain.js';
import { cleanLine } from '../clean-text.js';

/** Where the loop stands: `mse ↓ incumbent 0.012345 (#12), gain +3.20 % over the baseline 0.012750, σ 0.0001`. */
export function standingLine({ metric, incumbent, baseline, noise }: LoopStatus): string {
  const arrow = { minimize: '↓', maximize: '↑' }[metric.direction];
  const name = `${cleanLine(metric.name)} ${arrow}`;
  if (incumbent === null) return `${name} no score yet: the baseline comes first`;
  const sigma = noise === null || noise.n < 2 ? '' : `, σ ${formatSpread(noise.sigma)}`;
  if (baseline === null || incumbent.experiment === 0) {
    return `${name} baseline ${formatValue(incumbent.value)}, nothing better yet${sigma}`;
  }
  const gain = formatGain(relativeGain(metric.direction, baseline.value, incumbent.value));
  return `${name} incumbent ${formatValue(incumbent.value)} (#${String(incumbent.experiment)}), gain ${gain} over the baseline ${formatValue(baseline.value)}${sigma}`;
}
