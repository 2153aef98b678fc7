import type { Family } from '../family.js';
import { escapeText } from '../escape.js';
import type { CurvePoint, CurveSeries } from './curve-series.js';
import type { Frame } from './frame.js';
import { arrowPath, shapePath } from './marks.js';

/** Beyond this many points only keeps have a title of their own, so that the file stays small. */
const TITLED = 3000;

/** The points of these families, the last family at the bottom. */
export function drawPoints(
  series: CurveSeries,
  { frame, titles, families }: { frame: Frame; titles: boolean; families: readonly Family[] },
): string {
  const titled = titles && series.points.length <= TITLED;
  return families
    .toReversed()
    .map((family) => {
      const points = series.points.filter((point) => point.family === family);
      if (points.length === 0) return '';
      const marks = points.map((point) => mark(point, frame));
      if (titled || (titles && family === 'kept')) return marks.map((each) => path(family, each)).join('');
      return path(family, { d: marks.map(({ d }) => d).join(''), arrow: false, title: '' });
    })
    .join('');
}

interface Mark {
  d: string;
  /** beyond the edge of the plot */
  arrow: boolean;
  title: string;
}

function path(family: Family, { d, arrow, title }: Mark): string {
  const inside = title === '' ? '' : `<title>${escapeText(title)}</title>`;
  return `<path class="m ${family}${arrow ? ' clip' : ''}" d="${d}">${inside}</path>`;
}

function mark(point: CurvePoint, frame: Frame): Mark {
  const x = frame.x(point.experiment);
  const { title, family } = point;
  const r = family === 'kept' ? frame.radius + 0.6 : frame.radius - 0.4;
  if (point.value === null) {
    const y = frame.lanes.find((lane) => lane.family === family)?.y ?? frame.bottom;
    return { d: shapePath(family, { x, y, r: Math.min(r, 3.6) }), arrow: false, title };
  }
  const part = frame.scale.part(point.value);
  if (part > 1)
    return { d: arrowPath(x, frame.top - 4, true), arrow: true, title: `${title}\nabove the plot` };
  if (part < 0)
    return { d: arrowPath(x, frame.bottom, false), arrow: true, title: `${title}\nbelow the plot` };
  return { d: shapePath(family, { x, y: frame.y(point.value), r }), arrow: false, title };
}
