export const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';

/** Look of the curve's parts; `colour` gives a palette's entry, as a value or a custom property. */
export const curveStyle = (colour: (name: string) => string): string => `
.curve text{font-family:${FONT};font-size:12px;fill:${colour('muted')};font-variant-numeric:tabular-nums}
.curve .metric{font-weight:650;font-size:14px;fill:${colour('text')}}
.curve .grid{stroke:${colour('grid')};fill:none}
.curve .lane{stroke:${colour('grid')};stroke-dasharray:1 4;fill:none}
.curve .base{stroke:${colour('muted')};stroke-dasharray:5 4;fill:none}
.curve .best{stroke:${colour('accent')};stroke-width:2;fill:none;stroke-linejoin:round}
.curve .band{fill:${colour('soft')}}
.curve .big{font-size:14px;font-weight:650}
.curve .best-end,.curve .best-end .big{fill:${colour('accent')}}
.curve .base-end .big{fill:${colour('text')}}
.curve .note{font-size:11px}
.m{fill:none;stroke-width:1.5;stroke-linecap:round}
.m.kept{fill:${colour('accent')};stroke:${colour('card')}}
.m.provisional{stroke:${colour('accent')};fill:${colour('card')}}
.m.discarded{stroke:${colour('grey')};fill:${colour('card')};fill-opacity:.6}
.m.inconclusive{stroke:${colour('amber')};fill:${colour('card')}}
.m.failed{stroke:${colour('red')}}
.m.tampered{stroke:${colour('violet')};fill:${colour('violet')}}
.m.skipped{stroke:${colour('muted')}}
.m.clip{fill:currentColor;fill-opacity:1;stroke:none;color:${colour('grey')}}
.m.clip.inconclusive{color:${colour('amber')}}
`;
