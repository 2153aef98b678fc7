/** How far outside the middle half a value may lie before it is clipped, in widths of that half. */
const FENCE = 2.5;

/**
 * The range that a plot should show: all anchors (what was kept), and of the other values those that are not
 * outliers, so that one exploded run does not flatten the curve.
 */
export function valueRange(
  values: readonly number[],
  anchors: readonly number[],
): { min: number; max: number } | null {
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  const fixed = anchors.filter(Number.isFinite);
  const { low, high } = fences(finite);
  const shown = finite.filter((value) => value >= low && value <= high).concat(fixed);
  const first = shown[0];
  if (first === undefined) return null;
  return shown.reduce(({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }), {
    min: first,
    max: first,
  });
}

function fences(sorted: readonly number[]): { low: number; high: number } {
  const everything = { low: -Infinity, high: Infinity };
  if (sorted.length < 5) return everything;
  const q1 = quantile(sorted, 0.25);
  const q3 = quantile(sorted, 0.75);
  const spread = q3 - q1 || quantile(sorted, 0.9) - quantile(sorted, 0.1);
  return spread === 0 ? everything : { low: q1 - FENCE * spread, high: q3 + FENCE * spread };
}

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
