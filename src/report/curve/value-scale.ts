import { formatValue } from '../../domain/format.js';
import { valueRange } from './value-range.js';

export interface Tick {
  value: number;
  label: string;
}

export interface ValueScale {
  log: boolean;
  min: number;
  max: number;
  /** 0 at the lower end, 1 at the upper; outside of them for a value that is clipped */
  part: (value: number) => number;
  ticks: Tick[];
}

const DECADES_FOR_LOG = 2;

/** Linear, or logarithmic where the values are positive and span more than two decades. */
export function valueScale(values: readonly number[], anchors: readonly number[], ticks = 5): ValueScale {
  const linear = valueRange(values, anchors) ?? { min: 0, max: 1 };
  const spansDecades = (low: number, high: number) => low > 0 && Math.log10(high / low) > DECADES_FOR_LOG;
  const positive = anchors.every((value) => value > 0);
  const span = { min: Math.min(...anchors), max: Math.max(...anchors) };
  if (
    (positive && anchors.length > 0 && spansDecades(span.min, span.max)) ||
    spansDecades(linear.min, linear.max)
  ) {
    const logs = (list: readonly number[]) => list.filter((value) => value > 0).map(Math.log10);
    const range = valueRange(logs(values), logs(anchors));
    if (range !== null) return logScale(padded(range), ticks);
  }
  return linearScale(padded(linear), ticks);
}

function padded({ min, max }: { min: number; max: number }): { min: number; max: number } {
  const margin = max > min ? (max - min) * 0.06 : Math.abs(max) * 0.05 || 1;
  return { min: min - margin, max: max + margin };
}

function linearScale({ min, max }: { min: number; max: number }, count: number): ValueScale {
  const step = niceStep((max - min) / count);
  const ticks: Tick[] = [];
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const fixed = step >= 1e-6 && Math.max(Math.abs(min), Math.abs(max)) < 1e9;
  for (let index = Math.ceil(min / step); index * step <= max && ticks.length < 50; index += 1) {
    const value = index * step;
    ticks.push({ value, label: fixed ? value.toFixed(decimals) : formatValue(value) });
  }
  return { log: false, min, max, ticks, part: (value) => (value - min) / (max - min) };
}

function logScale({ min, max }: { min: number; max: number }, count: number): ValueScale {
  const every = Math.max(1, Math.ceil((max - min) / count));
  const within = max - min < 2.2 ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let decade = Math.floor(min); decade <= max; decade += 1) {
    if (decade % every !== 0) continue;
    for (const factor of within) {
      const value = factor * 10 ** decade;
      const position = Math.log10(value);
      if (position >= min && position <= max) ticks.push({ value, label: decadeLabel(factor, decade) });
    }
  }
  const part = (value: number) => (value > 0 ? (Math.log10(value) - min) / (max - min) : -Infinity);
  return { log: true, min: 10 ** min, max: 10 ** max, ticks, part };
}

const decadeLabel = (factor: number, decade: number): string =>
  decade >= -3 && decade <= 5
    ? (factor * 10 ** decade).toFixed(Math.max(0, -decade))
    : `${String(factor)}e${String(decade)}`;

/** The next of 1, 2, 5 × 10ⁿ. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10;
  return factor * power;
}
