import { formatSpread, formatValue } from '../../domain/format.js';
import type { CurveSeries } from './curve-series.js';
import type { Frame } from './frame.js';
import { px } from './marks.js';

const LABEL = 30;

/** Baseline, noise band, the step line of the incumbent, and the two values at its end. */
export function drawBest(series: CurveSeries, frame: Frame): string {
  return `${band(series, frame)}${baseline(series, frame)}${stepLine(series, frame)}${labels(series, frame)}`;
}

/** Corners of the step line, each value lifted by an offset. */
function corners({ best, lastX }: CurveSeries, frame: Frame, offset: number): string[] {
  return best.map(({ x, value }, index) => {
    const end = best[index + 1]?.x ?? lastX;
    const y = px(frame.y(value + offset));
    return `${px(frame.x(x))} ${y} ${px(frame.x(end))} ${y}`;
  });
}

function stepLine(series: CurveSeries, frame: Frame): string {
  return series.best.length === 0 ? '' : `<path class="best" d="M${corners(series, frame, 0).join(' L')}"/>`;
}

function band(series: CurveSeries, frame: Frame): string {
  const { sigma, best } = series;
  if (sigma === null || sigma === 0 || best.length === 0) return '';
  const upper = corners(series, frame, sigma).join(' L');
  const lower = corners(series, frame, -sigma)
    .map((pair) => {
      const [x1 = '', y1 = '', x2 = '', y2 = ''] = pair.split(' ');
      return `${x2} ${y2} ${x1} ${y1}`;
    })
    .toReversed()
    .join(' L');
  return `<path class="band" d="M${upper} L${lower}z"><title>one run varies by σ ${formatSpread(sigma)}</title></path>`;
}

function baseline({ baseline: value }: CurveSeries, frame: Frame): string {
  if (value === null) return '';
  const y = px(frame.y(value));
  return `<path class="base" d="M${px(frame.left)} ${y}H${px(frame.right)}"/>`;
}

/** Written beside the line's end, pushed apart where they would touch. */
function labels({ baseline: base, best }: CurveSeries, frame: Frame): string {
  const last = best.at(-1);
  if (last === undefined) return '';
  const x = frame.right + 10;
  const gained = last.experiment !== 0;
  const bestY = within(frame, frame.y(last.value));
  const shown = [
    gained
      ? label('best', { x, y: bestY, value: last.value, name: `#${String(last.experiment)} incumbent` })
      : '',
  ];
  if (base !== null) {
    const wanted = within(frame, frame.y(base));
    const apart = Math.abs(wanted - bestY) < LABEL && gained;
    const below = bestY + LABEL <= frame.bottom && wanted >= bestY;
    const y = apart ? bestY + (below ? LABEL : -LABEL) : wanted;
    shown.push(label('base', { x, y, value: base, name: 'baseline' }));
  }
  return shown.join('');
}

const within = ({ top, bottom }: Frame, y: number): number => Math.min(bottom - 10, Math.max(top + 6, y));

function label(kind: 'best' | 'base', at: { x: number; y: number; value: number; name: string }): string {
  return `<text class="end ${kind}-end" x="${px(at.x)}" y="${px(at.y)}"><tspan class="big">${formatValue(at.value)}</tspan><tspan x="${px(at.x)}" dy="13">${at.name}</tspan></text>`;
}
