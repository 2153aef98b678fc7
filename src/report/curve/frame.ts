import { FAMILIES, type Family } from '../family.js';
import type { CurveSeries } from './curve-series.js';
import { valueScale, type ValueScale } from './value-scale.js';

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  scale: ValueScale;
  /** one lane under the plot for each family of points without a value */
  lanes: { family: Family; y: number }[];
  x: (experiment: number) => number;
  y: (value: number) => number;
  /** radius of a mark */
  radius: number;
}

const LANE = 18;
const CHARACTER = 7;

/** Where everything goes in a picture of this size. */
export function curveFrame(series: CurveSeries, width: number, height: number): Frame {
  const anchors = [
    ...series.best.map(({ value }) => value),
    ...(series.baseline === null ? [] : [series.baseline]),
  ];
  const values = series.points.flatMap(({ value }) => (value === null ? [] : [value]));
  const scale = valueScale(values, anchors, Math.max(3, Math.round(height / 80)));
  const bare = new Set(series.points.filter(({ value }) => value === null).map(({ family }) => family));
  const present = FAMILIES.filter((family) => bare.has(family));
  const longest = Math.max(...scale.ticks.map(({ label }) => label.length), 3);
  const left = Math.max(longest * CHARACTER + 14, present.length > 0 ? 72 : 0);
  const right = width - 114;
  const top = 48;
  const bottom = height - 66 - present.length * LANE;
  const last = Math.max(1, series.lastX);
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    scale,
    lanes: present.map((family, index) => ({ family, y: bottom + 14 + index * LANE })),
    x: (experiment) => left + 8 + ((right - left - 16) * experiment) / last,
    y: (value) => bottom - Math.min(1, Math.max(0, scale.part(value))) * (bottom - top),
    radius: Math.min(4.5, Math.max(2.2, (0.55 * (right - left)) / last + 1)),
  };
}
