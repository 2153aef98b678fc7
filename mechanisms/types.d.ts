import type * as contract from '../src/contract/mechanism.js';
import type { Json } from '../src/contract/json.js';

declare global {
  type Context = contract.MechanismContext;
  type Directive = contract.Directive;
  type Elite = contract.Elite;
  type Knob = contract.Knob;
  type KnobValue = contract.KnobValue;
  type Mechanism<State extends Json = null> = contract.Mechanism<State>;
  type Move = contract.Move;
  type Trial = contract.Trial;
}
