export interface Token {
  kind: 'word' | 'sign' | 'number' | 'text' | 'regex';
  text: string;
  /** from 1 */
  line: number;
}

/** After these words or any sign but a closing one, a slash begins a regular expression. */
const BEFORE_REGEX = /^(?:return|typeof|case|in|of|delete|void|throw|new|instanceof|else|do|yield|await)$/;

const RULES: readonly (readonly [Token['kind'] | 'gap', RegExp])[] = [
  ['gap', /\s+|\/\/.*|\/\*[^]*?(?:\*\/|$)/y],
  [
    'word',
    /(?:[\p{ID_Start}$_#]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))(?:[\p{ID_Continue}$\u200c\u200d]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))*/iuy,
  ],
  ['number', /\.?\d(?:[\w.]|(?<=e)[+-])*/iy],
  ['text', /'(?:\\[^]|[^'\\\n])*'?|"(?:\\[^]|[^"\\\n])*"?/y],
  ['regex', /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/\w*/y],
  ['sign', /\?\.(?!\d)|=>|[^]/y],
];
const TEMPLATE = /(?:\\[^]|\$(?!\{)|[^\\`$])*(?:`|\$\{|$)/y;

const mayBeRegex = (before: Token | undefined): boolean => {
  if (before === undefined) return true;
  if (before.kind === 'word') return BEFORE_REGEX.test(before.text);
  return before.kind === 'sign' && !/^[)\]]$/.test(before.text);
};

/**
 * The words and signs of a source, without comments; what stands in a text, a regular expression or a template is one token.
 * Close to JavaScript, and not all of it: nothing that it says keeps anything out of the sandbox.
 */
export const tokensOf = (source: string): readonly Token[] => {
  const tokens: Token[] = [];
  /** depth of braces at which each open template goes on */
  const templates: number[] = [];
  let [at, line, depth] = [0, 1, 0];
  const take = (kind: Token['kind'] | 'gap', text: string): void => {
    if (kind !== 'gap') tokens.push({ kind, text, line });
    at += text.length;
    line += text.split('\n').length - 1;
  };
  const template = (): void => {
    TEMPLATE.lastIndex = at;
    const text = TEMPLATE.exec(source)?.[0] ?? '';
    if (text.endsWith('${')) templates.push(depth);
    take('text', text);
  };
  while (at < source.length) {
    const char = source[at];
    if (char === '`') {
      at += 1;
      template();
    } else if (char === '}' && templates.at(-1) === depth) {
      templates.pop();
      at += 1;
      template();
    } else {
      const [kind, text] = match(source, at, tokens.at(-1));
      if (text === '{') depth += 1;
      if (text === '}') depth -= 1;
      take(kind, text);
    }
  }
  return tokens;
};

const match = (source: string, at: number, before: Token | undefined): [Token['kind'] | 'gap', string] => {
  for (const [kind, rule] of RULES) {
    if (kind === 'regex' && !mayBeRegex(before)) continue;
    rule.lastIndex = at;
    const text = rule.exec(source)?.[0];
    if (text !== undefined && text !== '') return [kind, text];
  }
  return ['sign', source[at] ?? ' '];
};
