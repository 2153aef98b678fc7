import { familyOf, type Family } from '../family.js';
import { cleanLine } from '../clean-text.js';
import { formatGain, formatValue } from '../../domain/format.js';
import { gainAgainst, valuesOf, type LoopSummary, type RecordedExperiment } from '../loop-summary.js';

export interface CurvePoint {
  experiment: number;
  value: number | null;
  family: Family;
  /** what a pointer over it shows */
  title: string;
}

export interface Step {
  x: number;
  value: number;
  experiment: number;
  idea: string;
}

/** All that the picture shows, free of pixels. */
export interface CurveSeries {
  name: string;
  better: 'lower' | 'higher';
  points: CurvePoint[];
  /** the incumbent's score from each x on, as the loop believes it now; starts with the baseline */
  best: Step[];
  baseline: number | null;
  sigma: number | null;
  lastX: number;
}

const IDEA = 90;

export function curveSeries(summary: LoopSummary): CurveSeries {
  const { metric, experiments, standings, noise } = summary;
  const values = valuesOf(experiments);
  const byNumber = experiments.slice().sort((a, b) => a.experiment - b.experiment);
  return {
    name: cleanLine(metric.name).slice(0, 40),
    better: ({ minimize: 'lower', maximize: 'higher' } as const)[metric.direction],
    points: byNumber
      .filter(({ experiment }) => experiment > 0)
      .map((row) => curvePoint(row, gainAgainst(row, { metric, values }))),
    best: incumbents(summary),
    baseline: standings.baseline?.value ?? null,
    sigma: noise?.sigma ?? null,
    lastX: byNumber.at(-1)?.experiment ?? 0,
  };
}

function curvePoint(row: RecordedExperiment, gain: number | null): CurvePoint {
  const { experiment, outcome, idea, value } = row;
  const line = cleanLine(idea.slice(0, IDEA * 3));
  const cut = line.length > IDEA ? `${line.slice(0, IDEA - 1)}…` : line;
  const score =
    value === null ? '' : ` · ${formatValue(value)}${gain === null ? '' : ` (${formatGain(gain)})`}`;
  const title = `#${String(experiment)} ${outcome.replaceAll('_', ' ')}${score}\n${cut}`;
  const family = familyOf[outcome];
  return { experiment, value: value !== null && Number.isFinite(value) ? value : null, family, title };
}

/** In the order of the verdicts; one that settled after a later number is drawn where it took over. */
function incumbents({ baseline, kept, standings }: LoopSummary): Step[] {
  const steps: Step[] = [];
  for (const { experiment, value: decided, idea } of baseline === null ? kept : [baseline, ...kept]) {
    const value = standings.of.get(experiment)?.value ?? decided;
    if (value === null || !Number.isFinite(value)) continue;
    const x = Math.max(steps.at(-1)?.x ?? 0, experiment);
    steps.push({ experiment, value, x, idea: cleanLine(idea.slice(0, IDEA * 3)) });
  }
  return steps;
}
