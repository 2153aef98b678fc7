import type { LoopRecord } from '../../contract/ledger.js';
import { summarizeLoop } from '../loop-summary.js';
import { curveSeries } from './curve-series.js';
import { curveStyle } from './curve-style.js';
import { curveSvg } from './curve-svg.js';
import { DARK, LIGHT, type Palette } from './palette.js';

export type CurveTheme = 'light' | 'dark' | 'auto';

export interface CurveOptions {
  record: LoopRecord;
  width?: number;
  height?: number;
  /** auto follows the reader's system; default light */
  theme?: CurveTheme;
}

const MARGIN = 16;

/** The progress curve as an SVG file of its own, on its own background: good in a README, dark or light. */
export function renderCurve({ record, width = 1000, height = 440, theme = 'light' }: CurveOptions): string {
  const background = `<rect class="paper" x="${String(-MARGIN)}" y="${String(-MARGIN)}" width="${String(width)}" height="${String(height)}" rx="10"/>`;
  const series = curveSeries(summarizeLoop(record));
  const before = `<style>${themeCss(theme)}</style>${background}`;
  return `${curveSvg(series, { width, height, titles: true, before, margin: MARGIN })}\n`;
}

/** Colours are written out: few converters know custom properties. */
function themeCss(theme: CurveTheme): string {
  if (theme === 'auto')
    return `${paletteRules(LIGHT)}@media (prefers-color-scheme:dark){${paletteRules(DARK)}}`;
  return paletteRules({ light: LIGHT, dark: DARK }[theme]);
}

const paletteRules = (palette: Palette): string =>
  `.paper{fill:${palette.card}}${curveStyle((name) => palette[name as keyof Palette])}`;
