import type { Knob, KnobValue, Move } from '../../contract/mechanism.js';

export type Config = Readonly<Record<string, KnobValue>>;

/** Steps from one end of a range to the other. */
const STEPS = 12;
/** From here on a range is walked by factors: learning rates, not angles. */
const WIDE = 100;

const within = (range: Knob['range'], value: number): number =>
  range === undefined ? value : Math.min(range[1], Math.max(range[0], value));

const stepped = ({ kind, range }: Knob, from: number, step: number): number => {
  const [low, high] = range ?? [0, 0];
  const linear = range !== undefined && (low <= 0 || high / low < WIDE);
  const factor = range === undefined ? Math.SQRT2 ** step : (high / low) ** (step / STEPS);
  const scaled = from === 0 ? step : from > 0 ? from * factor : from / factor;
  const to = linear ? from + ((high - low) / STEPS) * step : scaled;
  if (kind === 'number') return within(range, to);
  return within(range, Math.abs(to - from) < Math.abs(step) ? Math.round(from) + step : Math.round(to));
};

/** What a knob stands at after a move from a setting; a fault in words where it can't be made. */
export const settingAfter = (
  knob: Knob,
  from: KnobValue,
  move: Move,
): { setting: KnobValue } | { fault: string } => {
  const { id, kind, values } = knob;
  if ('to' in move) return { setting: move.to };
  if (kind === 'choice') return { fault: `${id} is a choice: it has no steps` };
  if (values !== undefined) {
    const setting = values[values.indexOf(from) + move.step];
    return setting === undefined || !values.includes(from)
      ? { fault: `${id} can't be moved by ${String(move.step)} from ${String(from)}` }
      : { setting };
  }
  if (typeof from !== 'number') return { fault: `${id} stands at ${String(from)}, which is no number` };
  const setting = stepped(knob, from, move.step);
  return Number.isFinite(setting) ? { setting } : { fault: `${id} can't be moved that far` };
};

/** The configuration that moves lead to; knobs that they don't name, and knobs that nobody knows, stay as they are. */
export const applyMoves = (config: Config, moves: readonly Move[], space: readonly Knob[]): Config => {
  const next: Record<string, KnobValue> = { ...config };
  for (const move of moves) {
    const knob = space.find(({ id }) => id === move.knob);
    const from = next[move.knob];
    if (knob === undefined || from === undefined) continue;
    const after = settingAfter(knob, from, move);
    if ('setting' in after) next[move.knob] = after.setting;
  }
  return next;
};
