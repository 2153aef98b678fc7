import type { LessonSource, Sighting } from '../../contract/lesson.js';
import type { ExperimentRow } from '../../contract/ledger.js';
import { counted } from '../format.js';
import { PROMOTION } from '../promotion/promotion-proposer.js';
import { type Settled, sighting } from './sightings.js';

/** A promotion that a branch has won. */
export const isPromoted = ({ proposer, outcome }: ExperimentRow): boolean =>
  proposer === PROMOTION && outcome === 'keep';

const changesOf = ({ verdict }: ExperimentRow): string[] => {
  const { promoted } = (verdict?.evidence ?? {}) as { promoted?: unknown };
  return Array.isArray(promoted) ? promoted.map(String) : [];
};

/** What a promotion says of each change that it has made stand: kept, and with which others. */
export const promotedSightings = (
  row: Settled,
  past: readonly ExperimentRow[],
  source: LessonSource,
): Sighting[] => {
  const numbers = changesOf(row);
  const others = numbers.length - 1;
  const how = others === 0 ? 'promoted' : `promoted with ${counted(others, 'other change')}`;
  return numbers.flatMap((number) => {
    const change = past.find(({ experiment }) => String(experiment) === number);
    if (change === undefined || change.idea.trim() === '') return [];
    return [sighting({ ...row, idea: change.idea, reason: `${how}: ${row.reason}` }, 'helped', source)];
  });
};
