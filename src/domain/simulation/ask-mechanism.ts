import type { Json } from '../../contract/json.js';
import type { Directive, Mechanism, MechanismContext, Trial } from '../../contract/mechanism.js';
import { IDENTITY } from '../mechanism/identity.js';
import { type Answer, follow } from '../mechanism/follow.js';
import { isHalted, recordFault } from '../mechanism/mechanism-record.js';
import type { SimulatedLoop } from './loop-state.js';

const attempt = <T>(act: () => T): { value: T } | { fault: string } => {
  try {
    return { value: act() };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};

/** The directive for the next experiment, and the mechanism's books after it. */
export const askMechanism = (
  loop: SimulatedLoop,
  mechanism: Mechanism | null,
  context: () => MechanismContext,
): { directive: Directive; mechanism: SimulatedLoop['mechanism'] } => {
  const before = loop.mechanism;
  if (mechanism === null || isHalted(before.record)) return { directive: IDENTITY, mechanism: before };
  const told = context();
  const said = attempt((): Answer => {
    const state = before.record.calls === 0 ? mechanism.init(told) : before.state;
    const [directive, next] = mechanism.propose(told, state);
    return { directive: directive as unknown as Json, state: next };
  });
  const { directive, state, record } = follow('value' in said ? said.value : said, told, before);
  return { directive, mechanism: { state, record } };
};

/** The mechanism is told of every experiment. */
export const tellMechanism = (
  books: SimulatedLoop['mechanism'],
  mechanism: Mechanism | null,
  trial: Trial,
): SimulatedLoop['mechanism'] => {
  if (mechanism === null || isHalted(books.record)) return books;
  const told = attempt(() => mechanism.observe(trial, books.state));
  return 'value' in told
    ? { ...books, state: told.value }
    : { ...books, record: recordFault(books.record, told.fault) };
};
