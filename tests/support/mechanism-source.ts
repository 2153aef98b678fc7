interface Parts {
  /** statements of propose(c, s) */
  propose?: string;
  /** statements of the module, before its functions */
  top?: string;
  init?: string;
  observe?: string;
}

/** A mechanism as somebody might write it; without parts a legal one that forbids what failed last. */
export const mechanismSource = ({
  propose,
  top = '',
  init = '({ n: 0 })',
  observe = 's',
}: Parts = {}): string =>
  [
    "export const meta = { name: 'made for a test', domain: 'tests', params: {} };",
    top,
    `export const init = (c) => ${init};`,
    'export const propose = (c, s) => {',
    propose ??
      `const last = c.trials.at(-1);
       const forbid = last !== undefined && last.status === 'revert' && last.key !== '' ? [{ key: last.key }] : [];
       return [{ forbid, why: 'the last failure' }, s];`,
    '};',
    `export const observe = (t, s) => ${observe};`,
  ].join('\n');
