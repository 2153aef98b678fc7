import type { Json } from '../contract/json.js';
import {
  HOST_LIMITS,
  type Called,
  type HostedMechanism,
  type HostLimits,
  type MechanismCall,
  type MechanismFault,
  type MechanismMeta,
} from '../contract/mechanism-run.js';
import { MECHANISM_LIMITS } from '../contract/mechanism.js';
import { faultOf } from './fault-of.js';
import { type Outcome, Sandbox } from './sandbox.js';
import { sortedJson } from './sorted-json.js';

/** A text that PostgreSQL can't hold, as JSON writes it: NUL, or half of a pair. */
const UNHOLDABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

const tooBig = (state: Json, during: MechanismCall): MechanismFault | null => {
  const text = JSON.stringify(state);
  const bytes = Buffer.byteLength(text);
  const most = MECHANISM_LIMITS.state;
  if (bytes <= most) return null;
  const message = `the state has ${String(bytes)} bytes and may have ${String(most)}: keep counts, not copies of trials`;
  return { kind: 'state-too-big', message, during, where: null };
};

const unholdable = (value: Json, during: MechanismCall): MechanismFault | null =>
  UNHOLDABLE.test(JSON.stringify(value))
    ? { kind: 'not-json', message: 'a text holds NUL or half of a surrogate pair', during, where: null }
    : null;

/** A source in its sandbox. After its first fault it isn't asked again: every later call answers with that fault. */
class Opened implements HostedMechanism {
  meta: MechanismMeta = { name: '', domain: '', params: {} };
  #fault: MechanismFault | null = null;
  #sandbox: Sandbox | null;

  constructor(
    readonly source: string,
    readonly limits: HostLimits,
    sandbox: Sandbox,
  ) {
    this.#sandbox = sandbox;
  }

  load(): Called<HostedMechanism> {
    const called = this.#judged('load', (sandbox) => sandbox.load(this.source));
    if (!called.ok) return called;
    this.meta = called.value as unknown as MechanismMeta;
    return { ...called, value: this };
  }

  init: HostedMechanism['init'] = (context) =>
    this.#bounded(this.#judged('init', (sandbox) => sandbox.call('init', sortedJson(context))));

  observe: HostedMechanism['observe'] = (trial, state) =>
    this.#bounded(
      this.#judged('observe', (sandbox) => sandbox.call('observe', sortedJson(trial), JSON.stringify(state))),
    );

  propose: HostedMechanism['propose'] = (context, state) => {
    const called = this.#judged('propose', (sandbox) =>
      sandbox.call('propose', sortedJson(context), JSON.stringify(state)),
    ) as Called<{ directive: Json; state: Json }>;
    return called.ok ? this.#bounded(called, called.value.state) : called;
  };

  /** Nothing else holds the instance: it goes with the garbage. */
  dispose(): void {
    this.#sandbox = null;
  }

  #judged(during: MechanismCall, ask: (sandbox: Sandbox) => Outcome): Called<Json> {
    if (this.#sandbox === null) throw new Error('a mechanism was asked after it was disposed of');
    if (this.#fault !== null) return { ok: false, fault: this.#fault, fuel: 0 };
    const outcome = ask(this.#sandbox);
    const { fuel } = this.#sandbox;
    this.#fault = faultOf(outcome, { source: this.source, during, fuel: this.limits.fuel });
    if (this.#fault === null && 'value' in outcome) this.#fault = unholdable(outcome.value, during);
    return this.#fault === null
      ? { ok: true, value: (outcome as { value: Json }).value, fuel }
      : { ok: false, fault: this.#fault, fuel };
  }

  #bounded<T extends Json>(called: Called<T>, state: Json = called.ok ? called.value : null): Called<T> {
    if (!called.ok) return called;
    this.#fault = tooBig(state, 'propose');
    return this.#fault === null ? called : { ok: false, fault: this.#fault, fuel: called.fuel };
  }
}

/** Loads a mechanism into a sandbox of its own, or says why it can't be. `onCall`: a call into it begins. */
export const openMechanism = async (
  source: string,
  limits: HostLimits = HOST_LIMITS,
  onCall: (during: MechanismCall) => void = () => undefined,
): Promise<Called<HostedMechanism>> => new Opened(source, limits, await Sandbox.open(limits, onCall)).load();
