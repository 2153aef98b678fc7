import type { Random } from '../../random.js';

export const DEFECTS = [
  'syntax',
  'infinite-loop',
  'late-throw',
  'illegal-move',
  'dead-code',
  'nondeterminism',
  'host-access',
] as const;

export type Defect = (typeof DEFECTS)[number];

/** What stands at the beginning of `propose`, or replaces what it answers; each class in several forms. */
const FORMS: Readonly<Record<Exclude<Defect, 'syntax'>, readonly string[]>> = {
  'infinite-loop': [
    'while (true) {}',
    'for (let i = 0; i >= 0; i = (i + 1) % 7) {}',
    'if (c.t > 3) for (;;) {}',
  ],
  'late-throw': [
    "if (c.t > 12) throw new Error('late');",
    'if (c.trials.length > 8) return c.nothing.at.all;',
    'if (c.t >= 15) null.late();',
  ],
  'illegal-move': [
    "return [{ move: [{ knob: 'warp', step: 1 }], why: 'a defect' }, s];",
    "if (c.space[0]) return [{ move: [{ knob: c.space[0].id, step: 99 }], why: 'a defect' }, s];",
    "return [{ parent: -1, why: 'a defect' }, s];",
    "return [{ operator: 'nobody', why: 'a defect' }, s];",
  ],
  'dead-code': [
    "return [{ why: 'a defect' }, s];",
    "if (c.t >= 0) return [{ forbid: [], why: 'a defect' }, s];",
    'const never = c.t < 0; if (!never) return [{ prefer: [], batch: 1, why: "a defect" }, s];',
  ],
  nondeterminism: [
    "calls += 1; if (calls % 2) return [{ acceptTemp: calls, why: 'a defect' }, s];",
    "return [{ acceptTemp: Math.random(), why: 'a defect' }, s];",
    "return [{ acceptTemp: Date.now(), why: 'a defect' }, s];",
  ],
  'host-access': [
    'process.env.HOME; return inner(c, s);',
    "globalThis.constructor.constructor('return this')(); return inner(c, s);",
    "require('node:fs'); return inner(c, s);",
    "fetch('http://127.0.0.1/'); return inner(c, s);",
  ],
};

const BREAKS: readonly ((source: string) => string)[] = [
  (source) => source.replace(/\)?;\s*$/, '((;\n'),
  (source) => `${source}\nconst = 3;`,
  (source) => source.replace('export const propose = (', 'export const propose = (('),
];

/** The same source with one defect; what it did stays in the text, as `inner`. */
export const withDefect = (source: string, defect: Defect, draw: Random): string => {
  if (defect === 'syntax') return draw.pick(BREAKS)(source);
  const kept = source.replace('export const propose = ', 'const inner = ');
  return `${kept}
let calls = 0;
export const propose = (c, s) => {
  ${draw.pick(FORMS[defect])}
  return inner(c, s);
};
`;
};
