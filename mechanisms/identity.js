// @ts-check
/** Asks for nothing: the sham against which every other mechanism is measured. */
export const meta = { name: 'identity', domain: 'control', params: {} };

export const init = () => null;

/** @type {Mechanism['propose']} */
export const propose = (_, state) => [{ why: 'the loop does as it would' }, state];

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
