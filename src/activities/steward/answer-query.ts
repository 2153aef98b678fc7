import { rm } from 'node:fs/promises';
import type { AuditRecord, FailureSeen, Queried, Scored, Sealed } from '../../contract/audit.js';
import {
  questionId,
  signedText,
  type HoldoutAnswer,
  type HoldoutQuery,
  type InvalidReason,
  type StewardActivities,
} from '../../contract/steward.js';
import { canonicalJson } from '../../domain/audit/canonical-json.js';
import { NO_RECORD } from '../../domain/audit/chain.js';
import { plannedRelease, releaseTime } from '../../domain/holdout/release-time.js';
import { sha256 } from '../../storage/audit/index.js';
import { suiteOf } from '../../storage/vault/index.js';
import { admit, type Admitted } from './admit.js';
import type { StewardDeps } from './deps.js';
import { findLeak } from './find-leak.js';
import { checkOutBoth, score } from './score.js';
import { watchClaims } from './watch-claims.js';

type Unsigned = Omit<HoldoutAnswer, 'signature' | 'head' | 'v'>;

const invalid = (reason: InvalidReason): Unsigned => ({
  verdict: 'invalid',
  reason,
  record: null,
  left: null,
});

const told = (record: AuditRecord & Scored, seen: FailureSeen | null): Unsigned => {
  const { queriesLeft, passesLeft } = seen ?? record;
  return {
    verdict: record.verdict,
    reason: record.reason,
    record: record.hash,
    left: { queries: queriesLeft, passes: passesLeft },
    ...(seen === null || seen.bitsReleased === 0 ? {} : { alarm: seen.what }),
  };
};

/** An answer with what it shows beside those before it. */
const tell = async (deps: StewardDeps, seal: Sealed, record: AuditRecord & Scored): Promise<Unsigned> =>
  told(record, await watchClaims(deps, seal, record));

const begin = async (
  deps: StewardDeps,
  query: HoldoutQuery,
  { open, begun }: Admitted,
): Promise<AuditRecord & Queried> => {
  if (begun !== null) return begun;
  const record = await deps.audit.append({
    kind: 'query',
    suite: suiteOf(open.vault),
    question: questionId(query),
    loop: query.loop,
    experiment: query.experiment,
    artifactHash: query.candidate,
    incumbentHash: query.incumbent,
    claimed: query.claimed,
    ...(query.claimedError === undefined ? {} : { claimedError: query.claimedError }),
    ...(query.level === undefined ? {} : { level: query.level }),
    configHash: sha256(canonicalJson(query)),
  });
  return record as AuditRecord & Queried;
};

/** A candidate that holds a token of the vault is not measured, and this version of the vault answers nobody any more. */
const burn = async (deps: StewardDeps, query: HoldoutQuery, { open }: Admitted): Promise<Unsigned> => {
  const about = { suite: suiteOf(open.vault), artifactHash: query.candidate };
  await deps.audit.append({ kind: 'alarm', what: 'leak', about: questionId(query), ...about });
  return invalid('leak');
};

/** Hears a question that was admitted; the answer leaves at a moment that was fixed before anything was seen. */
const hear = async (
  deps: StewardDeps,
  asked: { query: HoldoutQuery; at: number },
  admitted: Admitted,
): Promise<Unsigned> => {
  const { query } = asked;
  const { walls } = deps;
  if (walls === null) return invalid('no_sandbox');
  const period = admitted.open.vault.answerAfter * 1000;
  const release = plannedRelease(asked.at, period, Date.now());
  const checkouts = await checkOutBoth(deps, query);
  if (checkouts === null) return invalid('no_commit');
  try {
    const searched = { folder: checkouts.candidate, header: checkouts.header };
    if (await findLeak(searched, admitted.open.vault.canaries)) return await burn(deps, query, admitted);
    const begun = await begin(deps, query, admitted);
    const deadline = release - Math.min(period / 20, 1000);
    const scored = await score(deps, { query, admitted, begun, checkouts, walls, deadline });
    return await tell(deps, admitted.seal, scored);
  } finally {
    await rm(checkouts.folder, { recursive: true, force: true });
    // the clock stands still for nobody: what was late by accident waits for the next moment
    await deps.sleep(releaseTime(release, period, Date.now()) - Date.now());
  }
};

/** One question at a time: then the time of an answer depends on how many wait, never on what another one saw. */
const oneAtATime = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return await mine;
  };
};

export const createAnswerQuery = (deps: StewardDeps): StewardActivities['answerQuery'] => {
  const inTurn = oneAtATime();
  const find = async (asked: { query: HoldoutQuery; at: number }): Promise<Unsigned> => {
    const admission = await admit(deps, asked.query);
    if ('refused' in admission) return invalid(admission.refused);
    if ('answered' in admission) return await tell(deps, admission.seal, admission.answered);
    return await hear(deps, asked, admission.admitted);
  };
  return async (asked) => {
    const found = await inTurn(async () => await find(asked));
    const head = (await deps.audit.records()).at(-1)?.hash ?? NO_RECORD;
    const answer = { v: 1, ...found, head } as const;
    return { ...answer, signature: deps.keys.sign(signedText(asked.query, answer)) };
  };
};
