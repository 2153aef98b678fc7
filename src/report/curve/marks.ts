import { FAMILIES, type Family } from '../family.js';

/** One decimal is a tenth of a pixel. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

/** Path of a family's shape around a point: told apart without colour. */
export function shapePath(family: Family, at: { x: number; y: number; r: number }): string {
  const { x, y, r } = at;
  const from = (dx: number, dy: number) => `M${px(x + dx)} ${px(y + dy)}`;
  switch (family) {
    case 'kept':
    case 'discarded':
      return `${from(-r, 0)}a${px(r)} ${px(r)} 0 1 0 ${px(2 * r)} 0a${px(r)} ${px(r)} 0 1 0 ${px(-2 * r)} 0z`;
    case 'inconclusive':
      return `${from(0, -r * 1.25)}l${px(r * 1.25)} ${px(r * 1.25)}l${px(-r * 1.25)} ${px(r * 1.25)}l${px(-r * 1.25)} ${px(-r * 1.25)}z`;
    case 'provisional':
      return `${from(0, -r * 1.15)}l${px(r * 1.1)} ${px(r * 2)}h${px(-r * 2.2)}z`;
    case 'failed':
      return `${from(-r * 0.8, -r * 0.8)}l${px(r * 1.6)} ${px(r * 1.6)}m0 ${px(-r * 1.6)}l${px(-r * 1.6)} ${px(r * 1.6)}`;
    case 'tampered':
      return `${from(-r * 0.9, -r * 0.9)}h${px(r * 1.8)}v${px(r * 1.8)}h${px(-r * 1.8)}z`;
    case 'skipped':
      return `${from(0, -r)}v${px(2 * r)}`;
  }
}

/** Arrow for a value beyond the edge of the plot. */
export function arrowPath(x: number, edge: number, up: boolean): string {
  const d = up ? 1 : -1;
  return `M${px(x)} ${px(edge)}l4.2 ${px(7 * d)}h-8.4z`;
}

/** The shapes by name, once a page, for the glyphs to use. */
export function glyphSymbols(): string {
  const symbols = FAMILIES.map(
    (family) =>
      `<symbol id="g-${family}" viewBox="0 0 12 12"><path class="m ${family}" d="${shapePath(family, { x: 6, y: 6, r: 4 })}"/></symbol>`,
  );
  return `<svg width="0" height="0" class="sr" aria-hidden="true">${symbols.join('')}</svg>`;
}

/** A family's shape as a small picture of its own, for badges and lists. */
export function glyph(family: Family): string {
  return `<svg class="glyph" aria-hidden="true"><use href="#g-${family}"/></svg>`;
}
