import type { Json } from '../../contract/json.js';
import type { Directive, MechanismContext } from '../../contract/mechanism.js';
import { checkDirective } from './check-directive.js';
import { effectOf, isNothing } from './effect.js';
import { IDENTITY } from './identity.js';
import { stateFault } from './check-state.js';
import { type MechanismRecord, recordFault } from './mechanism-record.js';

/** What a mechanism's host answered: `[directive, state]` as JSON, or why it couldn't. */
export type Answer = { directive: Json; state: Json } | { fault: string };

export interface Followed {
  directive: Directive;
  state: Json;
  record: MechanismRecord;
}

/** The directive to go by: the mechanism's, or the identity where that can't be followed. */
export const follow = (
  answer: Answer,
  context: MechanismContext,
  before: { record: MechanismRecord; state: Json },
): Followed => {
  const record = { ...before.record, calls: before.record.calls + 1 };
  const fallBack = (fault: string): Followed => ({
    directive: IDENTITY,
    state: before.state,
    record: recordFault(record, fault),
  });
  if ('fault' in answer) return fallBack(answer.fault);
  const checked = checkDirective(answer.directive, context);
  if ('faults' in checked) return fallBack(checked.faults.join('; '));
  const broken = stateFault(answer.state);
  if (broken !== null) return fallBack(broken);
  const acts = !isNothing(effectOf(checked.legal, context));
  return {
    directive: checked.legal,
    state: answer.state,
    record: acts ? { ...record, nonIdentity: record.nonIdentity + 1 } : record,
  };
};
