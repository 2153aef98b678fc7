import type { ContestRule, ContestStatus } from '../../contract/contest.js';
import type { LoopState } from '../../contract/loop.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { counted } from '../format.js';
import { armsWanted } from './contest-rules.js';

/** How far a loop's present contest is, or the next one's collection. */
export const contestStatus = (
  acceptance: Acceptance,
  { contests, waiting }: Pick<LoopState, 'contests' | 'waiting'>,
): ContestStatus => {
  const current = contests?.current ?? null;
  const wanted = armsWanted(acceptance, contests?.held ?? 0);
  const rule = acceptance.rule as ContestRule;
  if (current === null)
    return { rule, arms: waiting.length, wanted, alive: waiting.length, blocks: 0, phase: 'collect' };
  const { machine, arms } = current;
  const alive = arms.length - Object.keys(machine.fates).length;
  return { rule, arms: arms.length, wanted, alive, blocks: machine.judged, phase: machine.phase.kind };
};

/** "race: 3 of 8 candidates left after 7 seeds". */
export const contestWords = ({ rule, arms, wanted, alive, blocks, phase }: ContestStatus): string => {
  switch (phase) {
    case 'collect':
      return `${rule}: ${String(arms)} of ${counted(wanted, 'candidate')} collected`;
    case 'race':
    case 'select':
      return `${rule}: ${String(alive)} of ${counted(arms, 'candidate')} left after ${counted(blocks, 'seed')}`;
    case 'final':
      return `${rule}: the last of ${counted(arms, 'candidate')} meets the incumbent`;
    case 'standing':
    case 'over':
      return `${rule}: the winner of ${counted(arms, 'candidate')} is being measured`;
  }
};
