import { curveStyle, FONT } from '../curve/curve-style.js';
import { DARK, LIGHT, paletteCss } from '../curve/palette.js';
import { TABLE_STYLE } from './table-style.js';

const BASE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 ${FONT};font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:1120px;margin:0 auto;padding:48px 24px 64px}
h1{font-size:40px;line-height:1.1;letter-spacing:-.02em;margin:4px 0 8px;font-weight:680}
h2{font-size:15px;font-weight:650;margin:0 0 12px}
p{margin:0 0 12px}
a{color:var(--accent)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.brand{color:var(--accent);font-weight:650;font-size:14px;margin:0}
.goal{font-size:19px;color:var(--muted);max-width:44em;margin-bottom:28px}
.cap{color:var(--muted);font-size:13px;font-weight:400}
.note,.none{color:var(--muted);font-size:14px}
.score{display:flex;flex-wrap:wrap;gap:12px 44px;align-items:flex-end;margin:24px 0 20px}
.figure{margin:0;display:flex;flex-direction:column;line-height:1.2}
.figure .value{font-size:30px;letter-spacing:-.01em;font-weight:600}
.figure.hero .value{color:var(--accent);font-size:42px;font-weight:680}
.how{margin:0 0 4px;font-size:14px;max-width:24em;line-height:1.4}
.how .metric{font-weight:650;font-size:15px}
.origin{display:block}
.origin b{font-weight:650}
.origin.measured b{color:var(--accent)}
.origin.reported b{color:var(--amber)}
.facts,.links{font-size:14px;color:var(--muted);margin:0 0 6px}
.facts code{color:var(--text)}
.dot{margin:0 8px}
.state{font-weight:650;color:var(--text)}
.state.running{color:var(--accent)}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 22px;margin:20px 0 0}
.warning{border:1px solid var(--amber);border-left-width:4px;border-radius:10px;padding:12px 16px;margin:20px 0 0;background:var(--card);font-size:15px}
.warning p{margin:0}
.warning summary{cursor:pointer;color:var(--muted);font-size:14px;margin-top:4px}
.warning ul{margin:8px 0 0;padding-left:20px;font-size:14px}
.picture{padding:20px 14px 12px 22px}
.curve{display:block;width:100%;height:auto}
.curve.narrow,.narrow .curve{display:none}
.m[d]:hover{stroke-width:3}
.panels{display:grid;grid-template-columns:repeat(3,1fr);gap:20px;margin-top:20px}
.panels .card{margin:0}
.panels p{font-size:14px}
.nowrap{display:inline-block;max-width:100%}
.glyph{flex:none;width:12px;height:12px;vertical-align:-1px;margin-right:7px}
.bars{list-style:none;margin:0;padding:0;font-size:14px}
.bars li{display:grid;grid-template-columns:8.6em 1fr 3.2em;align-items:center;gap:8px;padding:2px 0}
.bar{width:100%;overflow:hidden}
.bar rect{fill:var(--grey)}
.bar rect.kept{fill:var(--accent)}.bar rect.provisional{fill:var(--soft)}.bar rect.inconclusive{fill:var(--amber)}.bar rect.failed{fill:var(--red)}.bar rect.tampered{fill:var(--violet)}
.word{white-space:nowrap}
.n{text-align:right;white-space:nowrap}
dl{margin:0;font-size:14px}
dl div{display:flex;justify-content:space-between;gap:12px;padding:3px 0}
dt{color:var(--muted)}
dd{margin:0;text-align:right}
.kept-list{list-style:none;margin:0;padding:0;font-size:15px}
.kept-list li{display:grid;grid-template-columns:3.4em 1fr auto 6.2em;gap:14px;padding:8px 0;border-top:1px solid var(--grid)}
.kept-list li:first-child{border-top:0}
.num{color:var(--muted)}
.up{color:var(--accent)}
footer{color:var(--muted);font-size:13px;margin-top:32px}
`;

const PHONE = `@media (max-width:720px){
main{padding:28px 14px 48px}
h1{font-size:30px}
.goal{font-size:17px}
.score{gap:12px 28px}
.figure.hero .value{font-size:32px}
.figure .value{font-size:24px}
.card{padding:16px 14px;border-radius:10px}
.picture{padding:14px 6px 8px 10px}
.wide-curve .curve{display:none}
.narrow .curve{display:block}
.panels{grid-template-columns:1fr}
.kept-list li{grid-template-columns:2.6em 1fr auto;gap:2px 10px}
.kept-list .text{grid-column:2/4;grid-row:1}
.kept-list li .n:nth-child(3){grid-column:2;text-align:left;color:var(--muted)}
}
@media (min-width:721px) and (max-width:980px){.panels{grid-template-columns:1fr 1fr}}`;

const PRINT = `@media print{
:root{${paletteCss({ ...LIGHT, page: '#ffffff' })}}
main{max-width:none;padding:0}
.controls{display:none!important}
.card,.warning{break-inside:avoid}
.experiments{break-inside:auto}
tbody{break-inside:avoid}
}
@media (prefers-reduced-motion:no-preference){.m,.controls button{transition:stroke-width .12s,background-color .12s}}`;

/** The page's whole style. */
export const STYLE = `:root{color-scheme:light dark;${paletteCss(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${paletteCss(DARK)}}}
${BASE}${TABLE_STYLE}${curveStyle((name) => `var(--${name})`)}${PHONE}${PRINT}`;
