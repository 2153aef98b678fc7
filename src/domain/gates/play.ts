import type { Json } from '../../contract/json.js';
import type { Called, HostedMechanism, MechanismFault } from '../../contract/mechanism-run.js';
import type { Directive, MechanismContext, Trial } from '../../contract/mechanism.js';
import { checkDirective } from '../mechanism/check-directive.js';

/** Ends a play: the fault, and after how many trials. */
export class Broke extends Error {
  constructor(
    readonly fault: MechanismFault,
    readonly at: string,
  ) {
    super(fault.message);
  }
}

const MOST_SHOWN = 200;

/** A mechanism that is played with: its state, and the most fuel that a call took. Any fault is thrown as `Broke`. */
export class Play {
  fuel = 0;
  #state: Json = null;
  #at = '';

  constructor(
    readonly mechanism: HostedMechanism,
    readonly name: string,
  ) {}

  get state(): Json {
    return this.#state;
  }

  begin(context: MechanismContext): void {
    this.#at = this.name;
    this.#state = this.#taken(this.mechanism.init(context));
  }

  observe(trial: Trial): void {
    this.#at = `${this.name}, trial ${String(trial.id)}`;
    this.#state = this.#taken(this.mechanism.observe(trial, this.#state));
  }

  /** What it answers, as it stands; the state stays what it was. */
  ask(context: MechanismContext): { directive: Json; state: Json } {
    this.#at = `${this.name}, after ${String(context.t)} trials`;
    return this.#taken(this.mechanism.propose(context, this.#state));
  }

  /** A legal directive, and the state that it was answered with. */
  propose(context: MechanismContext): Directive {
    const { directive, state } = this.ask(context);
    const checked = checkDirective(directive, context);
    if ('faults' in checked) throw this.#illegal(directive, checked.faults);
    this.#state = state;
    return checked.legal;
  }

  #illegal(directive: Json, faults: readonly string[]): Broke {
    const shown = JSON.stringify(directive).slice(0, MOST_SHOWN);
    const message = `${faults.slice(0, 3).join('; ')}. The directive was ${shown}`;
    return new Broke({ kind: 'illegal', message, during: 'propose', where: null }, this.#at);
  }

  #taken<T>(called: Called<T>): T {
    this.fuel = Math.max(this.fuel, called.fuel);
    if (!called.ok) throw new Broke(called.fault, this.#at);
    return called.value;
  }
}
