import type { Move } from '../../contract/mechanism.js';
import type { Edit, Proposal } from '../../contract/proposal.js';
import { settingAfter } from '../mechanism/apply-moves.js';
import { type Change, proposalOf } from '../proposers/mutate/mutate.js';
import type { Knobs } from './knobs.js';
import { writeSetting } from './write-setting.js';

const changeOf = (move: Move, { space, config, literals }: Knobs): Change | string => {
  const knob = space.find(({ id }) => id === move.knob);
  const literal = literals.get(move.knob);
  const from = config[move.knob];
  if (knob === undefined || literal === undefined || from === undefined)
    return `there is no knob ${move.knob}`;
  const after = settingAfter(knob, from, move);
  if ('fault' in after) return after.fault;
  const text = writeSetting(literal, after.setting);
  return text === null ? `${move.knob} can't be set to ${String(after.setting)}` : { literal, text };
};

/** The candidate that moves make of these files, without asking a proposer; a text says why there is none. */
export const makeMoves = (
  moves: readonly Move[],
  knobs: Knobs,
  files: ReadonlyMap<string, string>,
): (Proposal & { edits: Edit[] }) | string => {
  const changes: Change[] = [];
  for (const move of moves) {
    const change = changeOf(move, knobs);
    if (typeof change === 'string') return change;
    changes.push(change);
  }
  return proposalOf(changes, files);
};
