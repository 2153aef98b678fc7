import type { Direction } from '../../domain/score.js';

const BLOCKS = ' ▁▂▃▄▅▆▇█';

/**
 * The best score so far as a filled curve of `height` lines; it climbs as the score gets better, whatever the
 * direction. Empty for fewer than two values.
 */
export function sparkline(
  values: readonly (number | null)[],
  direction: Direction,
  size: { columns: number; height: number },
): string[] {
  const best = runningBest(values, direction);
  const { columns, height } = size;
  if (best.length < 2 || columns < 2 || height < 1) return [];
  const width = Math.min(columns, best.length);
  const sampled = Array.from(
    { length: width },
    (_, index) => best[Math.round((index * (best.length - 1)) / (width - 1))] ?? 0,
  );
  const low = Math.min(...sampled);
  const span = Math.max(...sampled) - low;
  const levels = sampled.map((value) =>
    Math.max(1, Math.round((span === 0 ? 0 : (value - low) / span) * (height * 8 - 1) + 1)),
  );
  return Array.from({ length: height }, (_, line) => {
    const below = (height - 1 - line) * 8;
    return levels
      .map((level) => BLOCKS[Math.min(8, Math.max(0, level - below))] ?? ' ')
      .join('')
      .trimEnd();
  });
}

/** Up is better: the sign of a metric to be minimized is turned. */
function runningBest(values: readonly (number | null)[], direction: Direction): number[] {
  const sign = { minimize: -1, maximize: 1 }[direction];
  const best: number[] = [];
  for (const value of values) {
    const last = best.at(-1);
    if (value === null || !Number.isFinite(value)) {
      if (last !== undefined) best.push(last);
    } else best.push(last === undefined ? sign * value : Math.max(last, sign * value));
  }
  return best;
}
