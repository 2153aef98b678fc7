import type { Json } from '../../contract/json.js';

/** What is known of each module that a stack is made of: its source and the name in its meta. */
export interface Member {
  name: string;
  source: string;
}

/**
 * first: whoever comes first decides; rotate: the order moves on by one each turn; stuck: it moves on after six
 * failures in a row, and begins anew with a keep.
 */
export type Decides = 'first' | 'rotate' | 'stuck';

/** A module as an expression: exports become locals of a closure. */
const asExpression = ({ source }: Member): string =>
  `(() => {\n${source.replace(/^export (?=const|let|function)/gm, '')}\nreturn { meta, init, propose, observe };\n})()`;

/** The same source with other parameters; fields that its meta doesn't name are added. */
export const withParams = (source: string, params: Readonly<Record<string, Json>>): string =>
  source.replace(
    /params:\s*\{[^{}]*\}/,
    (before) => `params: { ...${before.replace(/^params:\s*/, '')}, ...${JSON.stringify(params)} }`,
  );

/**
 * How a stack answers: members are asked in order. Restraints add up, and bind the members behind them; the first move
 * (or parent, or repeat) that the restraints before it allow is made, and restraints behind it that would forbid it are
 * dropped. Of what can be said only once the first word counts.
 */
const RULE = `
const matches = (pattern, moves, space) => {
  const keys = moves.map((m) => 'to' in m ? m.knob + '=' + String(m.to) : m.knob + (m.step < 0 ? '-' : '+') + (Math.abs(m.step) === 1 ? '' : String(Math.abs(m.step))));
  if ('key' in pattern) return keys.includes(pattern.key) || keys.sort().join(' ') === pattern.key;
  if ('knob' in pattern) return moves.some((m) => m.knob === pattern.knob);
  return moves.some((m) => space.some((k) => k.id === m.knob && k.group === pattern.group));
};
const forMember = (c, i) => ({ ...c, rnd: [...c.rnd.slice((7 * i) % c.rnd.length), ...c.rnd.slice(0, (7 * i) % c.rnd.length)] });
const ONCE = ['operator', 'acceptTemp', 'fidelity', 'batch'];
const isForbidden = (list, moves, c) => list.some((p) => matches(p, moves, c.space));
const add = (sum, one, c) => {
  const { move, parent, replicate, forbid = [], prefer = [], hint } = one;
  const decided = 'parent' in sum || 'move' in sum || 'replicate' in sum;
  if (!decided && !(move && isForbidden(sum.forbid, move, c))) {
    if (parent !== undefined) sum.parent = parent;
    if (move) sum.move = move;
    if (replicate) sum.replicate = replicate;
  }
  sum.forbid = [...sum.forbid, ...forbid.filter((p) => !sum.move || !matches(p, sum.move, c.space))].slice(0, 256);
  sum.prefer = [...sum.prefer, ...prefer].slice(0, 256);
  for (const part of ONCE) if (one[part] !== undefined && sum[part] === undefined) sum[part] = one[part];
  if (hint) sum.hint = (sum.hint ? sum.hint + ' ' + hint : hint).slice(0, 280);
  sum.why = (sum.why ? sum.why + '; ' + one.why : one.why).slice(0, 500);
  return sum;
};
const failures = (c) => c.trials.length - 1 - c.trials.findLastIndex(({ status }) => status === 'keep');
const turnsOf = { first: () => 0, rotate: (c) => c.t, stuck: (c) => Math.floor(failures(c) / 6) };
export const init = (c) => members.map((m, i) => m.init(forMember(c, i)));
export const propose = (c, states) => {
  const answers = members.map((m, i) => m.propose(forMember(c, i), states[i]));
  const first = turnsOf[meta.params.decides](c) % members.length;
  const inOrder = [...answers.slice(first), ...answers.slice(0, first)];
  const sum = inOrder.reduce((so, [directive]) => add(so, directive, c), { forbid: [], prefer: [], why: '' });
  return [sum, answers.map(([, state]) => state)];
};
export const observe = (trial, states) => members.map((m, i) => m.observe(trial, states[i]));
`;

/** The source of one mechanism out of several: what a grammar composes and what a person may read. */
export const stackSource = (members: readonly Member[], decides: Decides): string => {
  const names = members.map(({ name }) => name);
  const meta = { name: names.join(' + '), domain: 'composition', params: { members: names, decides } };
  return [
    `export const meta = ${JSON.stringify(meta)};`,
    `const members = [\n${members.map(asExpression).join(',\n')}\n];`,
    RULE.trimStart(),
  ].join('\n');
};
