/** As much of a language as is needed to tell code from strings and comments. */
export interface Syntax {
  /** openers of a comment that ends with the line */
  comments: readonly string[];
  /** a comment's opener counts only after white space (YAML, shells) */
  spacedComments?: boolean;
  blocks?: readonly (readonly [open: string, close: string])[];
  /** longest first */
  strings: readonly StringSyntax[];
  /** a literal must be the whole value behind a key: in `port: 80 of 90` nothing is one */
  values?: boolean;
  /** `key: |` opens an indented block of text */
  blockScalars?: boolean;
  booleans: readonly (readonly [string, string])[];
}

interface StringSyntax {
  quote: string;
  multiline?: boolean;
  raw?: boolean;
  /** one character only: 'x' is a string, the ' of a lifetime or of 1'000 is none */
  char?: boolean;
  /** opens only where a value may begin: not in it's */
  atValue?: boolean;
}

const LOWER = [['true', 'false']] as const;
const DOUBLE: StringSyntax = { quote: '"' };
const SINGLE: StringSyntax = { quote: "'" };
const TRIPLE: readonly StringSyntax[] = [
  { quote: '"""', multiline: true },
  { quote: "'''", multiline: true },
];

const python: Syntax = {
  comments: ['#'],
  strings: [...TRIPLE, DOUBLE, SINGLE],
  booleans: [['True', 'False']],
};
const hash: Syntax = { comments: ['#'], strings: [DOUBLE, SINGLE], booleans: [...LOWER, ['TRUE', 'FALSE']] };
const c: Syntax = {
  comments: ['//'],
  blocks: [['/*', '*/']],
  strings: [DOUBLE, { quote: "'", char: true }],
  booleans: LOWER,
};
const script: Syntax = { ...c, strings: [DOUBLE, SINGLE, { quote: '`', multiline: true }] };
const dashes: Syntax = {
  comments: ['--'],
  blocks: [
    ['--[[', ']]'],
    ['/*', '*/'],
    ['{-', '-}'],
  ],
  strings: [DOUBLE, SINGLE],
  booleans: LOWER,
};
const json: Syntax = { comments: ['//'], blocks: [['/*', '*/']], strings: [DOUBLE], booleans: LOWER };
const yaml: Syntax = {
  comments: ['#'],
  spacedComments: true,
  strings: [
    { quote: '"', atValue: true, multiline: true },
    { quote: "'", atValue: true, raw: true, multiline: true },
  ],
  values: true,
  blockScalars: true,
  booleans: ['true/false', 'True/False', 'yes/no', 'Yes/No', 'on/off'].map((pair) => {
    const [yes = '', no = ''] = pair.split('/');
    return [yes, no] as const;
  }),
};
const toml: Syntax = {
  comments: ['#'],
  strings: [...TRIPLE, DOUBLE, { ...SINGLE, raw: true }],
  values: true,
  booleans: LOWER,
};
const settings: Syntax = {
  comments: ['#', ';'],
  spacedComments: true,
  strings: [DOUBLE, SINGLE],
  values: true,
  booleans: [...yaml.booleans],
};
const semicolons: Syntax = { comments: [';'], strings: [DOUBLE], booleans: LOWER };
const percent: Syntax = { comments: ['%', '//'], strings: [DOUBLE], booleans: LOWER };
const anything: Syntax = { ...c, comments: ['#', '//'], booleans: [...LOWER, ['True', 'False']] };

const BY_EXTENSION: readonly (readonly [Syntax | null, string])[] = [
  [python, 'py pyi pyx mojo'],
  [hash, 'rb r jl pl pm ex exs nim cr coffee'],
  [
    c,
    'c h cc cpp cxx hpp hh cu cuh rs go java kt kts swift cs scala zig mm metal glsl wgsl hlsl dart v sv php css',
  ],
  [script, 'js mjs cjs jsx ts mts cts tsx'],
  [dashes, 'lua sql hs elm ada vhd'],
  [json, 'json jsonc json5'],
  [yaml, 'yaml yml'],
  [toml, 'toml'],
  [settings, 'ini cfg conf env properties sh bash zsh fish mk'],
  [semicolons, 'lisp el clj cljs scm rkt asm s'],
  [percent, 'm erl'],
  [null, 'md tex txt rst html htm xml svg csv tsv lock ipynb log pdf png jpg gif'],
];

const TABLE = new Map(
  BY_EXTENSION.flatMap(([syntax, names]) => names.split(' ').map((name) => [name, syntax] as const)),
);

/** The syntax of a file by its name; null for prose and data, in which nothing is a literal. */
export const syntaxOf = (path: string): Syntax | null => {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  if (/^(makefile|dockerfile|justfile|\.env)/.test(name)) return settings;
  if (!name.includes('.')) return /^(license|readme|changelog|notice)/.test(name) ? null : settings;
  const found = TABLE.get(name.split('.').at(-1) ?? '');
  return found === undefined ? anything : found;
};
