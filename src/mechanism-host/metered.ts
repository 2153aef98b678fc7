import type { Called, HostedMechanism, MechanismCall } from '../contract/mechanism-run.js';
import type { Open } from './run-mechanism.js';

/**
 * Units of fuel for all calls of a check together: some 40 s on a laptop; all of the library pass with a twentieth of it. Without such
 * a bound a check could take 100 units in each of its thousands of calls, and the machine would decide how it ends.
 */
export const CHECK_FUEL = 40_000;

/** What all sandboxes of one source draw on; the call that empties it breaks, and so does every later one. */
class Supply {
  #used = 0;
  #calls = 0;

  constructor(readonly most: number) {}

  /** Loading breaks nothing: what was loaded once is loaded again, and its next call breaks. */
  load(fuel: number): void {
    this.#used += fuel;
  }

  draw<T>(during: MechanismCall, called: Called<T>): Called<T> {
    this.#used += called.fuel;
    this.#calls += 1;
    if (this.#used <= this.most || !called.ok) return called;
    const message =
      `its calls in this check used up ${String(this.most)} units of fuel together, ${String(this.#calls)} of them: ` +
      'do less in a call, look at fewer trials';
    return { ok: false, fault: { kind: 'fuel', message, during, where: null }, fuel: called.fuel };
  }
}

const drawing = (mechanism: HostedMechanism, supply: Supply): HostedMechanism => ({
  meta: mechanism.meta,
  init: (context) => supply.draw('init', mechanism.init(context)),
  propose: (context, state) => supply.draw('propose', mechanism.propose(context, state)),
  observe: (trial, state) => supply.draw('observe', mechanism.observe(trial, state)),
  dispose: () => {
    mechanism.dispose();
  },
});

/** Each source has a supply of its own: a candidate doesn't pay for the mechanism that it is compared with. */
export const metered = (open: Open, most: number): Open => {
  const supplies = new Map<string, Supply>();
  return async (source) => {
    const supply = supplies.get(source) ?? new Supply(most);
    supplies.set(source, supply);
    const called = await open(source);
    supply.load(called.fuel);
    return called.ok ? { ...called, value: drawing(called.value, supply) } : called;
  };
};
