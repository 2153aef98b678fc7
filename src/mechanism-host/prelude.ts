/** Name of the mechanism's source in the engine's stack traces. */
export const SOURCE_NAME = 'mechanism.js';

/**
 * What runs inside the sandbox before the mechanism: it takes away what isn't reproducible or makes code from text, freezes
 * the rest, so that nothing is remembered there, and leaves four functions to the host. What a mechanism answers
 * is copied into plain values before it becomes text: no getter, `toJSON` or class has a say in what the host reads.
 */
export const PRELUDE = String.raw`((world) => {
  'use strict';
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { isFinite } = Number;
  const { keys, freeze, getPrototypeOf, getOwnPropertyNames, defineProperty, create } = Object;
  const tagOf = Object.prototype.toString.call.bind(Object.prototype.toString);
  const MOST_LEVELS = 32;
  const MOST_TEXT = 1000000;

  const refusal = { kind: '', message: '' };
  const refuse = (kind, message) => {
    refusal.kind = kind;
    refusal.message = message;
    throw refusal;
  };

  const nameOf = (value) => {
    if (typeof value === 'undefined') return 'undefined';
    if (typeof value !== 'object') return 'a ' + typeof value;
    const tag = ('' + tagOf(value)).slice(8, -1);
    const isPlain = getPrototypeOf(value) === Object.prototype;
    return isPlain ? 'an object' : tag === 'Object' ? 'an instance of a class' : 'a ' + tag.slice(0, 40);
  };

  const plain = (value, path, level) => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number')
      return isFinite(value) ? value : refuse('not-json', path + ' is ' + value);
    if (typeof value !== 'object') refuse('not-json', path + ' is ' + nameOf(value));
    if (level > MOST_LEVELS)
      refuse('not-json', path.slice(0, 80) + '… is nested deeper than ' + MOST_LEVELS + ' levels, or holds itself');
    if (isArray(value)) {
      const list = [];
      for (let i = 0; i < value.length; i++) list[i] = plain(value[i], path + '[' + i + ']', level + 1);
      return list;
    }
    const parent = getPrototypeOf(value);
    if (parent !== null && parent !== Object.prototype) refuse('not-json', path + ' is ' + nameOf(value));
    const copy = create(null);
    const names = keys(value);
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (name === '__proto__') refuse('not-json', path + ' has a field called __proto__');
      const field = value[name];
      if (field !== undefined) copy[name] = plain(field, path + '.' + name.slice(0, 80), level + 1);
    }
    return copy;
  };

  const frozen = (value) => {
    if (value === null || typeof value !== 'object') return value;
    const names = keys(value);
    for (let i = 0; i < names.length; i++) frozen(value[names[i]]);
    return freeze(value);
  };

  const textOf = (value, most) => (typeof value === 'string' ? value.slice(0, most) : '');
  const describe = (error) => {
    const said = { name: '', message: '', stack: '' };
    try {
      // a heap too full for an error object throws null; nobody else does
      if (error === null) {
        said.name = 'InternalError';
        said.message = 'out of memory';
      } else if (typeof error !== 'object') said.message = textOf('' + error, 300);
      else {
        said.name = textOf(error.name, 80);
        said.message = textOf(error.message, 300);
        said.stack = textOf(error.stack, 2000);
      }
    } catch {
      said.message = 'something that can not be described';
    }
    return said;
  };

  const answer = (make) => {
    try {
      const text = stringify(make());
      return text.length > MOST_TEXT ? refuse('state-too-big', 'the answer is longer than ' + MOST_TEXT + ' characters') : text;
    } catch (error) {
      if (error === refusal) return stringify({ refused: { kind: refusal.kind, message: refusal.message } });
      return stringify({ threw: describe(error) });
    }
  };

  let loaded = null;
  const FUNCTIONS = { init: 1, propose: 2, observe: 2 };
  const shape = (exported) => {
    const missing = keys({ meta: 0, ...FUNCTIONS }).filter((name) => exported[name] === undefined);
    if (missing.length > 0) refuse('load', 'it does not export ' + missing.join(', '));
    for (const name of keys(FUNCTIONS)) {
      const made = exported[name];
      if (typeof made !== 'function') refuse('load', name + ' is no function');
      if (made.length > FUNCTIONS[name])
        refuse('load', name + ' wants ' + made.length + ' arguments and is given ' + FUNCTIONS[name]);
    }
    const meta = plain(exported.meta, 'meta', 0);
    if (meta === null || typeof meta !== 'object' || isArray(meta)) refuse('load', 'meta is no object');
    for (const name of ['name', 'domain'])
      if (typeof meta[name] !== 'string' || meta[name] === '' || meta[name].length > 80)
        refuse('load', 'meta.' + name + ' is no text of 1 to 80 characters');
    const params = meta.params;
    if (params === undefined || params === null || typeof params !== 'object' || isArray(params))
      refuse('load', 'meta.params is no object; write {} if there are none');
    return { name: meta.name, domain: meta.domain, params };
  };

  const host = freeze({
    bind: (exported) =>
      answer(() => {
        const meta = shape(exported);
        loaded = { init: exported.init, propose: exported.propose, observe: exported.observe };
        return { value: meta };
      }),
    call: (name, first, second) =>
      answer(() => {
        const given = frozen(parse(first));
        const { init, propose, observe } = loaded;
        if (name === 'init') return { value: plain(init(given), 'the state', 0) };
        if (name === 'observe') return { value: plain(observe(given, parse(second)), 'the state', 0) };
        const pair = propose(given, parse(second));
        if (!isArray(pair) || pair.length !== 2)
          refuse('illegal', 'propose returned ' + (isArray(pair) ? pair.length + ' values' : nameOf(pair)) + ', not [directive, state]');
        return { value: { directive: plain(pair[0], 'the directive', 0), state: plain(pair[1], 'the state', 0) } };
      }),
    describe: (error) => answer(() => ({ threw: describe(error) })),
    spin: () => {
      for (;;);
    },
  });

  Math.random = () => {
    throw new Error('Math.random is not there: take numbers from context.rnd');
  };
  const makers = [function () {}, function* () {}, async function () {}, async function* () {}];
  for (const maker of makers) defineProperty(getPrototypeOf(maker), 'constructor', { value: undefined });
  for (const name of ['eval', 'Function', 'Promise', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'globalThis'])
    delete world[name];

  const iterators = [[][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator]()];
  const hidden = [...makers, ...iterators].map((one) => getPrototypeOf(one));
  const reachable = getOwnPropertyNames(world).map((name) => world[name]).filter((one) => one !== null && /^(object|function)$/.test(typeof one));
  for (const one of [...hidden, ...hidden.map((one) => one.prototype), ...reachable, ...reachable.map((one) => one.prototype)]) {
    // errors keep their own way: a class that extends one sets its name
    const isError = typeof one === 'object' && one !== null && one instanceof Error;
    if (one !== null && one !== undefined && !isError && one !== Error.prototype) freeze(one);
  }
  freeze(world);
  return host;
})(globalThis)`;
