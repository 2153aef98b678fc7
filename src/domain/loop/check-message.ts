import type { LoopInput, LoopState } from '../../contract/loop.js';
import type { LoopMessages } from '../../contract/loop-messages.js';

const HINT_LENGTH = 2000;

type Method = LoopInput['method'];
type Checks = {
  [K in keyof LoopMessages]: (state: LoopState, message: LoopMessages[K], method: Method) => string | null;
};

const awaits = (state: LoopState, experiment: number): string | null => {
  const waiting = state.awaiting.map(({ prepared }) => prepared.experiment);
  if (waiting.includes(experiment)) return null;
  const which = waiting.length === 0 ? 'none does' : `these do: ${waiting.join(', ')}`;
  return `experiment ${String(experiment)} doesn't wait for approval; ${which}`;
};

const isOver = ({ phase }: LoopState): boolean => phase === 'done' || phase === 'failed';

const BUDGET_KEYS = ['experiments', 'wallClock', 'deviceHours', 'dollars', 'tokens'];

const CHECKS: Checks = {
  pause: ({ phase }) => {
    if (phase === 'paused') return 'the loop is paused already';
    return phase === 'stopping' ? 'the loop is stopping' : null;
  },
  resume: ({ phase }) => (phase === 'paused' ? null : `the loop isn't paused, it is ${phase}`),
  stop: (_, { mode }) =>
    ['finish', 'cancel'].includes(mode) ? null : `mode must be finish or cancel, got ${mode}`,
  steer: (_, { hint }) => {
    if (typeof hint !== 'string' || hint.trim() === '') return 'the hint is empty';
    return hint.length > HINT_LENGTH ? `the hint is longer than ${String(HINT_LENGTH)} characters` : null;
  },
  setBudget: (state, { budget }) => {
    if (state.phase === 'stopping') return 'the loop is stopping: fork it to go on';
    const entries = Object.entries(budget ?? {});
    if (entries.length === 0) return 'name at least one limit';
    for (const [key, value] of entries) {
      if (!BUDGET_KEYS.includes(key)) return `unknown limit "${key}"; known: ${BUDGET_KEYS.join(', ')}`;
      if (typeof value !== 'number' || !(value > 0))
        return `${key} must be a positive number, got ${String(value)}`;
    }
    return null;
  },
  approve: (state, { experiment }) => awaits(state, experiment),
  reject: (state, { experiment }) => awaits(state, experiment),
  stopMechanism: ({ steering }, _, method) => {
    if ((method?.policy.mechanism ?? null) === null) return 'the loop has no mechanism';
    const [fault] = steering?.record.faults ?? [];
    return fault === undefined ? null : `its mechanism is out already: ${fault}`;
  },
};

/** Why a message to a loop is refused, or null. */
export const checkMessage = <K extends keyof LoopMessages>(
  { state, input }: { state: LoopState; input: Pick<LoopInput, 'method'> },
  name: K,
  message: LoopMessages[K],
): string | null => (isOver(state) ? 'the loop is over' : CHECKS[name](state, message, input.method));
