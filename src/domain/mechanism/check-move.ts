import type { Json } from '../../contract/json.js';
import type { Knob, KnobValue, Move } from '../../contract/mechanism.js';
import { type Config, settingAfter } from './apply-moves.js';
import { isKnobValue, isRecord, unknownFields } from './shape.js';

const valueFault = ({ id, kind, values, range }: Knob, to: KnobValue): string | null => {
  if (values !== undefined) {
    return values.includes(to) ? null : `${id} has no setting ${JSON.stringify(to)}`;
  }
  if (kind === 'choice') return null;
  if (typeof to !== 'number' || !Number.isFinite(to)) return `${id} wants a number`;
  if (kind === 'integer' && !Number.isInteger(to)) return `${id} wants a whole number, not ${String(to)}`;
  return range !== undefined && (to < range[0] || to > range[1])
    ? `${String(to)} is outside of ${id}'s range ${String(range[0])} … ${String(range[1])}`
    : null;
};

const landing = (knob: Knob, config: Config | null, move: Move): string | null => {
  if ('step' in move && knob.kind === 'choice') return `${knob.id} is a choice: it has no steps`;
  const from = config?.[knob.id];
  if (from === undefined) return null;
  const after = settingAfter(knob, from, move);
  if ('fault' in after) return after.fault;
  return after.setting === from ? `${knob.id} stands at ${String(from)} already` : null;
};

/** What is wrong with one move from a configuration; null where it is legal. Without a configuration less can be said. */
export const moveFault = (
  move: Json | undefined,
  { space, config }: { space: readonly Knob[]; config: Config | null },
): string | null => {
  if (!isRecord(move) || typeof move['knob'] !== 'string') return 'a move names a knob';
  const { knob: id, step, to } = move;
  const knob = space.find((one) => one.id === id);
  if (knob === undefined) return `there is no knob "${id.slice(0, 80)}"`;
  const alien = unknownFields(move, ['knob', 'step', 'to']);
  if (alien !== null) return `a move has no ${alien}`;
  if ((step === undefined) === (to === undefined)) return `a move of ${id} has either a step or a setting`;
  if (step !== undefined) {
    if (!Number.isInteger(step) || step === 0) return `a step of ${id} is a whole number and not 0`;
    return landing(knob, config, { knob: id, step: step as number });
  }
  if (!isKnobValue(to)) return `a setting of ${id} is a number, a text or a truth value`;
  return valueFault(knob, to) ?? landing(knob, config, { knob: id, to });
};
