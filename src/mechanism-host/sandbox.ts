import { DefaultIntrinsics, type QuickJSContext, type QuickJSHandle } from 'quickjs-emscripten-core';
import type { Json } from '../contract/json.js';
import type { HostLimits, MechanismCall } from '../contract/mechanism-run.js';
import { newEngine } from './engine.js';
import { PRELUDE, SOURCE_NAME } from './prelude.js';

export interface Thrown {
  name: string;
  message: string;
  stack: string;
}

/** What happened inside: a value as JSON, a refusal of the prelude, an error; `spent` and `broke` end the sandbox. */
export type Outcome =
  | { value: Json }
  | { refused: { kind: string; message: string } }
  | { threw: Thrown }
  | { spent: Thrown }
  | { broke: string };

const NOTHING: Thrown = { name: '', message: '', stack: '' };

/** No clock, and no proxies: an answer is what it seems. */
const INTRINSICS = { ...DefaultIntrinsics, Date: false, Proxy: false };

/** One QuickJS with one mechanism in it. Throws nothing: what goes wrong inside, or with the engine itself, is an outcome. */
export class Sandbox {
  /** units that the last step took */
  fuel = 0;
  #spent = false;
  readonly #context: QuickJSContext;
  readonly #host: QuickJSHandle;
  readonly #limits: HostLimits;

  private constructor(
    context: QuickJSContext,
    limits: HostLimits,
    readonly onCall: (during: MechanismCall) => void,
  ) {
    this.#context = context;
    this.#host = context.unwrapResult(context.evalCode(PRELUDE, 'host'));
    this.#limits = limits;
  }

  static async open(limits: HostLimits, onCall: (during: MechanismCall) => void): Promise<Sandbox> {
    const engine = await newEngine(limits.memory);
    const runtime = engine.newRuntime({ memoryLimitBytes: limits.heap, maxStackSizeBytes: limits.stack });
    const context = runtime.newContext({ intrinsics: INTRINSICS });
    return new Sandbox(context, limits, onCall);
  }

  /** Evaluates the source as a module and hands its exports to the prelude. */
  load(source: string): Outcome {
    return this.#counted('load', () => {
      const result = this.#context.evalCode(source, SOURCE_NAME, { type: 'module' });
      if (result.error) return this.#failure(result.error);
      if (this.#context.getPromiseState(result.value).type === 'pending')
        return { refused: { kind: 'load', message: 'it waits for a promise while it is loaded' } };
      return this.#ask('bind', result.value);
    });
  }

  call(name: 'init' | 'propose' | 'observe', ...texts: string[]): Outcome {
    return this.#counted(name, () => {
      const given = [name, ...texts].map((text) => this.#context.newString(text));
      return this.#ask('call', ...given);
    });
  }

  #ask(name: 'bind' | 'call' | 'describe', ...given: QuickJSHandle[]): Outcome {
    const context = this.#context;
    const result = context.callFunction(context.getProp(this.#host, name), context.undefined, ...given);
    for (const handle of given) handle.dispose();
    if (result.error) return name === 'describe' ? { threw: NOTHING } : this.#failure(result.error);
    const text = context.getString(result.value);
    result.value.dispose();
    return JSON.parse(text) as Outcome;
  }

  /** An error that the prelude didn't see: of loading, of fuel, or of a heap too full to describe another. */
  #failure(error: QuickJSHandle): Outcome {
    if (!this.#spent) return this.#ask('describe', error);
    const property = (name: string): string => {
      const handle = this.#context.getProp(error, name);
      return this.#context.typeof(handle) === 'string' ? this.#context.getString(handle) : '';
    };
    return { spent: { name: '', message: '', stack: property('stack') } };
  }

  /** Runs a step from a counter that begins anew, so that what went before has no part in its fuel. */
  #counted(during: MechanismCall, step: () => Outcome): Outcome {
    const { runtime } = this.#context;
    this.onCall(during);
    try {
      runtime.setInterruptHandler(() => true);
      const spun = this.#context.callFunction(
        this.#context.getProp(this.#host, 'spin'),
        this.#context.undefined,
      );
      spun.dispose();
      this.fuel = 0;
      this.#spent = false;
      runtime.setInterruptHandler(() => {
        this.fuel += 1;
        this.#spent ||= this.fuel > this.#limits.fuel;
        return this.#spent;
      });
      return step();
    } catch (error) {
      // the engine ran out of the host's own stack, or aborted
      return { broke: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  }
}
