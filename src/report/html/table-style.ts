/**
 * The table of experiments: lines on a wide page, cards on a phone. What a row unfolds asks for no width of its own
 * and takes the table's: a cell would else grow with the longest line of a log, and the page with it.
 */
export const TABLE_STYLE = `
.controls{display:flex;flex-wrap:wrap;gap:10px 14px;align-items:center;margin-bottom:14px}
.controls[hidden]{display:none}
.controls input{font:inherit;font-size:15px;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:8px;padding:7px 12px;width:17em;max-width:100%}
.controls input::placeholder{color:var(--muted);opacity:1}
.chips{display:flex;flex-wrap:wrap;gap:6px}
.controls button{font:inherit;font-size:13px;color:var(--muted);background:none;border:1px solid var(--line);border-radius:99px;padding:4px 11px;cursor:pointer}
.controls button b{font-weight:600;color:var(--text)}
.controls button[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--card)}
.controls button[aria-pressed=true] b{color:var(--card)}
.count{font-size:13px;color:var(--muted)}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:baseline;padding:9px 10px 2px;font-weight:400}
th.n,td.n{text-align:right}
thead th{color:var(--muted);font-size:13px;padding-bottom:8px;white-space:nowrap}
thead button{font:inherit;color:inherit;background:none;border:0;padding:4px 0;cursor:pointer;text-decoration:underline dotted;text-underline-offset:4px}
th[aria-sort] button{color:var(--text);font-weight:650;text-decoration:none}
th[aria-sort=ascending] button::after{content:" ↑"}
th[aria-sort=descending] button::after{content:" ↓"}
.all tbody{border-top:1px solid var(--grid)}
.all .idea{width:46%;font-size:15px}
.badge{display:inline-flex;align-items:baseline;white-space:nowrap}
.badge.provisional{color:var(--accent)}
.badge.kept{color:var(--accent);font-weight:650}
.badge.failed{color:var(--red)}.badge.inconclusive{color:var(--amber)}.badge.tampered{color:var(--violet);font-weight:650}.badge.skipped,.badge.discarded{color:var(--muted)}
.kept .val{color:var(--accent);font-weight:650}
.gain.down,.dev,.sec,.usd{color:var(--muted)}
.all .dev{white-space:nowrap;max-width:10em;overflow:hidden;text-overflow:ellipsis}
.more td{padding:0 10px 9px}
.why{color:var(--muted);font-size:13px;margin:0}
summary.why{cursor:pointer;list-style-position:outside;margin-left:1.1em}
p.why{margin-left:1.1em}
details[open]>summary.why{color:var(--text)}
.chip{display:inline-block;margin-left:10px;color:var(--muted);white-space:nowrap;font-size:12px}
.inside{padding:10px 0 8px;width:0;min-width:100%}
.inside p{margin:8px 0 4px}
pre{margin:6px 0;padding:12px 14px;background:var(--page);border:1px solid var(--line);border-radius:8px;overflow:auto;max-height:30em;line-height:1.5;white-space:pre;tab-size:4;overflow-wrap:normal;font-size:12.5px}
.diff b{font-weight:400;color:var(--muted)}
.diff ins{text-decoration:none;color:var(--accent);background:var(--soft)}
.diff del{text-decoration:none;color:var(--red)}
.diff i{color:var(--muted)}
.scroll{overflow-x:auto}
.runs{font-size:13px}
.runs th{color:var(--muted)}
.runs th,.runs td{padding:3px 12px 3px 0;white-space:nowrap}
.runs td:last-child{white-space:normal;min-width:16em}
@media (max-width:720px){
.all,.all tbody{display:block}
.all thead{display:none}
.all tbody[hidden]{display:none}
.all tbody{padding:12px 0}
.all tr{display:flex;flex-wrap:wrap;gap:2px 10px;font-size:13px;align-items:baseline}
.all .inside tr{display:table-row}
.all .runs,.all .runs tbody{display:table;padding:0;border:0}
.all .runs tbody{display:table-row-group}
.all th,.all td{padding:0}
.all .runs th,.all .runs td{padding:3px 12px 3px 0}
.all .idea{width:100%;order:-1}
td.n:empty,.all .runs td:last-child{white-space:nowrap}
.all .num::before{content:"#"}
.all .gap,.all .dev{display:none}
.more td{flex:1 1 100%;min-width:0;padding:4px 0 0}
.controls input,.controls label{width:100%}
.chip{margin-left:8px}
}
@media print{details:not([open])>*:not(summary){display:none}}
`;
