import type { Outcome } from '../../../contract/outcome.js';
import type { SweepQuestion } from '../../../contract/sweep.js';
import { PROMOTION } from '../../../domain/promotion/promotion-proposer.js';
import type { SweepSpace } from '../../../domain/proposers/sweep/sweep-space.js';
import { isAgain, isUnjudged } from '../../../domain/steering/unjudged.js';
import { knobsOfTexts } from '../steered/knobs-of-texts.js';
import { readKnown } from '../known-candidates.js';
import type { Session } from '../session.js';
import { rememberSnapshots } from '../snapshot.js';

/** Scores that are no reason to go there again. */
const SPOILT: readonly Outcome[] = ['tampered', 'guard_failed'];
/** Trials that a study is made of, the newest ones. */
const MOST = 1000;
const KEPT_CONFIGS = 4096;

type Config = ReturnType<typeof knobsOfTexts>['config'];

const kept = new Map<string, Promise<Config>>();
const snapshotOf = rememberSnapshots();

/** Where the knobs of a commit stand; a commit never changes. */
const configAt = async ({ repository, request }: Session, commit: string): Promise<Config> => {
  const key = JSON.stringify([repository.directory, request.source.prefix, request.task.editable, commit]);
  const read = async (): Promise<Config> =>
    knobsOfTexts((await snapshotOf(repository, { ...request, base: commit })).texts).config;
  const found = kept.get(key) ?? read();
  kept.set(key, found);
  found.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > KEPT_CONFIGS && oldest !== undefined) kept.delete(oldest);
  return await found;
};

/** The study as the record has it, whoever proposed what: nothing else is remembered of a sweep. */
export const pastTrials = async (
  session: Session,
  space: SweepSpace,
  experiment: number,
): Promise<Pick<SweepQuestion, 'told' | 'pending'>> => {
  const { deps, repository, request } = session;
  const rows = await deps.ledger.history(request.loop, { limit: MOST, tailsOf: [] });
  const told: SweepQuestion['told'] = [];
  const looked: ReturnType<typeof space.place>[] = [];
  for (const row of rows) {
    const { experiment: number, commit, value, outcome, proposer } = row;
    const at = number === 0 ? request.source.baseCommit : commit;
    if (at === null || proposer === PROMOTION || outcome === 'cancelled' || isAgain(row)) continue;
    const params = space.place(await configAt(session, at));
    // a part of a run is no score of a whole one: the place is taken, and what it is worth isn't known
    if (isUnjudged(row)) looked.push(params);
    else if (params !== null) told.push({ params, value: SPOILT.includes(outcome) ? null : value });
  }
  const settled = new Set(rows.map(({ experiment: number }) => number));
  const known = await readKnown(repository, request);
  const waiting = [...known.byExperiment].filter(([number]) => number !== experiment && !settled.has(number));
  const places = await Promise.all(
    waiting.map(async ([, { commit }]) => space.place(await configAt(session, commit))),
  );
  return { told, pending: [...looked, ...places].filter((place) => place !== null) };
};
