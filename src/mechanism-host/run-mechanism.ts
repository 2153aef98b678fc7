import type { Json } from '../contract/json.js';
import type {
  Called,
  HostedMechanism,
  MechanismFault,
  MechanismStep,
  MechanismStepped,
} from '../contract/mechanism-run.js';
import { IDENTITY } from '../domain/mechanism/identity.js';
import { follow } from '../domain/mechanism/follow.js';
import { isHalted, NO_CALLS } from '../domain/mechanism/mechanism-record.js';
import { faultText } from './fault-text.js';

export type Open = (source: string) => Promise<Called<HostedMechanism>>;

type Asked = { directive: Json; state: Json } | { fault: MechanismFault };

/** Init where there is no state, observe what ended, propose; stops at the first fault. */
const ask = (mechanism: HostedMechanism, step: MechanismStep, burn: (fuel: number) => void): Asked => {
  let state = step.state;
  const keep = (called: Called<Json>): MechanismFault | null => {
    burn(called.fuel);
    if (!called.ok) return called.fault;
    state = called.value;
    return null;
  };
  const first = state === undefined ? keep(mechanism.init(step.context)) : null;
  if (first !== null) return { fault: first };
  for (const trial of step.observed) {
    const fault = keep(mechanism.observe(trial, state ?? null));
    if (fault !== null) return { fault };
  }
  const called = mechanism.propose(step.context, state ?? null);
  burn(called.fuel);
  return called.ok ? called.value : { fault: called.fault };
};

/** What a step comes to where the mechanism gave no answer: the loop does as it would without one. */
export const fallBack = (step: MechanismStep, fault: MechanismFault, fuel = 0): MechanismStepped => {
  const before = { record: step.record ?? NO_CALLS, state: step.state ?? null };
  return { ...follow({ fault: faultText(fault) }, step.context, before), fault, fuel };
};

/**
 * One step of a mechanism in a sandbox of its own: so its answer depends on source, state, trials and context alone, and a
 * step that is done again after a crash of the worker answers the same. A mechanism that broke once is not asked again.
 */
export const runMechanism = async (step: MechanismStep, open: Open): Promise<MechanismStepped> => {
  const record = step.record ?? NO_CALLS;
  if (isHalted(record))
    return { directive: IDENTITY, state: step.state ?? null, record, fault: null, fuel: 0 };
  const opened = await open(step.source);
  if (!opened.ok) return fallBack(step, opened.fault, opened.fuel);
  let fuel = opened.fuel;
  const asked = ask(opened.value, step, (units) => (fuel += units));
  opened.value.dispose();
  if ('fault' in asked) return fallBack(step, asked.fault, fuel);
  const before = { record, state: step.state ?? null };
  const followed = follow(asked, step.context, before);
  const broken = followed.record.faults.length > record.faults.length;
  const message = followed.record.faults.at(-1) ?? '';
  const fault: MechanismFault = { kind: 'illegal', message, during: 'propose', where: null };
  return { ...followed, fault: broken ? fault : null, fuel };
};
