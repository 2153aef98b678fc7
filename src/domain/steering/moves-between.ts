import type { Knob, KnobValue, Move } from '../../contract/mechanism.js';
import { settingAfter } from '../mechanism/apply-moves.js';
import type { Knobs } from './knobs.js';

const MOST = 32;
/** Further than any search walks in one go: from there on the setting itself says more. */
const FARTHEST = 40;

const ofValues = ({ id, kind, values = [] }: Knob, from: KnobValue, to: KnobValue): Move => {
  const [start, end] = [values.indexOf(from), values.indexOf(to)];
  return kind === 'choice' || start < 0 || end < 0 ? { knob: id, to } : { knob: id, step: end - start };
};

/** The number of steps that leads nearest to where the knob stands now. */
const steps = (knob: Knob, from: number, to: number): number | null => {
  const up = to > from ? 1 : -1;
  let best: { step: number; off: number } | null = null;
  for (let size = 1; size <= FARTHEST; size++) {
    const after = settingAfter(knob, from, { knob: knob.id, step: up * size });
    if ('fault' in after || typeof after.setting !== 'number') return null;
    const off = Math.abs(after.setting - to);
    if (best !== null && off >= best.off) break;
    best = { step: up * size, off };
  }
  if (best === null || best.off > Math.abs(to - from)) return null;
  // a walk by factors never crosses zero
  const crosses = from !== 0 && Math.sign(from) !== Math.sign(to) && best.off > Math.abs(to - from) / 2;
  return crosses || Math.abs(best.step) === FARTHEST ? null : best.step;
};

const moveOf = (knob: Knob, from: KnobValue, to: KnobValue): Move => {
  if (knob.values !== undefined || typeof from !== 'number' || typeof to !== 'number')
    return ofValues(knob, from, to);
  const step = steps(knob, from, to);
  return step === null ? { knob: knob.id, to } : { knob: knob.id, step };
};

/** What somebody's edits did, as moves: knobs that both versions have and that stand elsewhere now. */
export const movesBetween = (
  before: Knobs,
  after: Knobs,
): { moves: Move[]; settings: Record<string, KnobValue> } => {
  const moves: Move[] = [];
  const settings: Record<string, KnobValue> = {};
  for (const knob of before.space) {
    const [from, to] = [before.config[knob.id], after.config[knob.id]];
    if (from === undefined || to === undefined || from === to || moves.length >= MOST) continue;
    moves.push(moveOf(knob, from, to));
    settings[knob.id] = to;
  }
  return { moves, settings };
};
