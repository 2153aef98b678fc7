import type { Json } from './json.js';
import type { Directive, MechanismContext, Trial } from './mechanism.js';

/** How a mechanism broke. `hung` alone depends on the machine: CPU time in work that the engine of the sandbox doesn't count. */
export type FaultKind =
  | 'syntax'
  | 'load'
  | 'fuel'
  | 'memory'
  | 'stack'
  | 'throw'
  | 'not-json'
  | 'state-too-big'
  | 'illegal'
  | 'hung';

/** A line of a mechanism's source, from 1, with its text. */
export interface SourceLine {
  line: number;
  column?: number;
  excerpt: string;
}

export type MechanismCall = 'load' | 'init' | 'propose' | 'observe';

export interface MechanismFault {
  kind: FaultKind;
  /** in words, for people and for a model that repairs it */
  message: string;
  during: MechanismCall;
  /** null: no line is to blame */
  where: SourceLine | null;
}

/** What a call came to; fuel in units of some 10,000 loop turns or calls, the same for the same source and input. */
export type Called<T> =
  { ok: true; value: T; fuel: number } | { ok: false; fault: MechanismFault; fuel: number };

export interface MechanismMeta {
  name: string;
  domain: string;
  params: { readonly [key: string]: Json };
}

/** A mechanism that was loaded: JSON in, JSON out. Nothing is remembered between calls that the state doesn't hold. */
export interface HostedMechanism {
  meta: MechanismMeta;
  init(context: MechanismContext): Called<Json>;
  /** the directive as it was answered: nobody has checked yet whether it is legal */
  propose(context: MechanismContext, state: Json): Called<{ directive: Json; state: Json }>;
  observe(trial: Trial, state: Json): Called<Json>;
  dispose(): void;
}

/** What a mechanism has done in a loop: its proof of life, and of health. */
export interface MechanismRecord {
  /** times it was asked */
  calls: number;
  /** answers that changed what the loop would do next */
  nonIdentity: number;
  /** trials that were what it asked for */
  complied: number;
  /** answers that couldn't be followed, in words, the first few */
  faults: readonly string[];
}

export interface MechanismStep {
  source: string;
  /** absent: the mechanism begins here */
  state?: Json;
  record?: MechanismRecord;
  /** trials that ended since the last step, in their order */
  observed: readonly Trial[];
  context: MechanismContext;
}

export interface MechanismStepped {
  directive: Directive;
  state: Json;
  record: MechanismRecord;
  /** of this step; null: it went well, or the mechanism had broken before */
  fault: MechanismFault | null;
  /** units of all calls together */
  fuel: number;
}

export interface MechanismCheck {
  source: string;
  /** of the mechanism in use: a copy of it is no candidate */
  incumbent?: string;
}

/** Bounds of one sandbox. Neither is a time: a slow machine gets the same answer. */
export interface HostLimits {
  /** units of fuel for a call, and for loading */
  fuel: number;
  /** bytes of all objects, and of all memory with buffers and long strings */
  heap: number;
  memory: number;
  /** bytes of the engine's stack: some 680 nested calls */
  stack: number;
}

/** One unit takes about 1 ms of plain loops on a slow laptop core. */
export const HOST_LIMITS: HostLimits = {
  fuel: 100,
  heap: 24 * 1024 * 1024,
  memory: 48 * 1024 * 1024,
  stack: 128 * 1024,
};
