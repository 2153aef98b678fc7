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
import { inTime } from './in-time.js';
import { removeTree } from './remove-tree.js';
import { checkOutBoth, measure, score } from './score.js';
import { steadyNow } from './steady-clock.js';
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

/** Share of a period, and the most of it, in which what was measured by then is written down and told. */
const LAST = { share: 1 / 20, ms: 1000 };

/**
 * Hears a question that was admitted. Two moments are fixed before anything is seen: until the first the steward measures
 * and the log stays as it is, at the second the answer leaves. A log that grew when the work was done, or a turn that
 * ended then, would tell how long it took, to whoever asks for the log's head or stands next in the line.
 */
const hear = async (
  deps: StewardDeps,
  asked: { query: HoldoutQuery; at: number },
  admitted: Admitted,
): Promise<Unsigned> => {
  const { query } = asked;
  const { walls } = deps;
  if (walls === null) return invalid('no_sandbox');
  const period = admitted.open.vault.answerAfter * 1000;
  const release = plannedRelease(asked.at, period, steadyNow());
  const deadline = release - Math.min(period * LAST.share, LAST.ms);
  const until = async (moment: number): Promise<void> => {
    await deps.sleep(moment - steadyNow());
  };
  const checkouts = await checkOutBoth(deps, query);
  if (checkouts === null) return invalid('no_commit');
  const clear = async (): Promise<void> => {
    await removeTree(checkouts.folder).catch((error: unknown) => {
      deps.log(String(error));
    });
  };
  try {
    const searched = { folder: checkouts.candidate, header: checkouts.header };
    if (await findLeak(searched, admitted.open.vault.canaries)) {
      await until(deadline);
      return await burn(deps, query, admitted);
    }
    const begun = await begin(deps, query, admitted);
    const heard = await measure(deps, { query, admitted, begun, checkouts, walls, deadline });
    await inTime(clear(), deadline);
    await until(deadline);
    return await tell(deps, admitted.seal, await score(deps, heard));
  } finally {
    await inTime(clear(), release);
    // what was late by accident waits for the next moment
    await until(releaseTime(release, period, steadyNow()));
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
