import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditRecord, HoldoutNumbers, HoldoutRule, Queried, Scored } from '../../contract/audit.js';
import { questionId, type HoldoutQuery } from '../../contract/steward.js';
import { canonicalJson } from '../../domain/audit/canonical-json.js';
import { standingThreshold } from '../../domain/audit/standing-threshold.js';
import { charge, leftOf, usedOf } from '../../domain/holdout/budget.js';
import { freshSeeds } from '../../domain/holdout/fresh.js';
import { judge } from '../../domain/holdout/judge.js';
import { sha256 } from '../../storage/audit/index.js';
import { readNumbers, suiteOf, writeNumbers } from '../../storage/vault/index.js';
import type { Admitted } from './admit.js';
import { checkOut } from './check-out.js';
import type { StewardDeps, Walls } from './deps.js';
import { measurePairs, type Contest } from './measure-pairs.js';
import { removeTree } from './remove-tree.js';
import { ruleOf } from './rule-of.js';

/** Where runs leave their files; emptied after each question, and at the start after a crash. */
export const scratchFolder = (root: string): string => join(root, 'scratch');

export interface Checkouts {
  folder: string;
  candidate: string;
  incumbent: string;
  /** author and message of the candidate's commit */
  header: string;
}

/** Both artifacts as plain files in a private folder; null: the repository doesn't give them. */
export const checkOutBoth = async (deps: StewardDeps, query: HoldoutQuery): Promise<Checkouts | null> => {
  await mkdir(scratchFolder(deps.root), { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(scratchFolder(deps.root), 'query-'));
  const both = { folder, candidate: join(folder, 'of-candidate'), incumbent: join(folder, 'of-incumbent') };
  try {
    const repository = await deps.openObjects(query.repository, join(folder, 'git'));
    for (const who of ['candidate', 'incumbent'] as const) {
      await mkdir(both[who]);
      await checkOut(repository, { commit: query[who], prefix: query.prefix }, both[who]);
    }
    return { ...both, header: await repository.readHeader(query.candidate) };
  } catch (error) {
    deps.log(`commits of ${questionId(query)}: ${String(error)}`);
    await removeTree(folder);
    return null;
  }
};

export interface Hearing {
  query: HoldoutQuery;
  admitted: Admitted;
  /** the record that fixed the candidate */
  begun: AuditRecord & Queried;
  checkouts: Checkouts;
  walls: Walls;
  deadline: number;
}

const contestOf = async (deps: StewardDeps, hearing: Hearing): Promise<Contest> => {
  const { query, admitted, begun, checkouts, walls, deadline } = hearing;
  const { vault, folder } = admitted.open;
  const { digest } = deps.keys;
  const records = await deps.audit.records();
  const standing = standingThreshold(records, suiteOf(vault), (hash) => readNumbers(deps.root, hash));
  const rule = ruleOf(vault, { id: begun.hash, claimed: query.claimed, standing }, digest);
  const cell = { walls, path: deps.path, hidden: deps.root, read: vault.read };
  const runSeed = (seed: number): number =>
    Number.parseInt(digest(`run/${begun.hash}/${String(seed)}`).slice(0, 8), 16) >>> 1;
  return {
    bench: { vault, folder, cell, scratch: checkouts.folder, runSeed, deadline },
    candidate: checkouts.candidate,
    incumbent: checkouts.incumbent,
    seeds: rule.name === 'sequential' ? freshSeeds(rule.most, begun.hash, digest) : [],
    rule,
    evidence: deps.evidence,
  };
};

/** What was measured for a question, and the rule that decides it. */
interface Heard {
  hearing: Hearing;
  numbers: HoldoutNumbers;
  rule: HoldoutRule;
}

export const measure = async (deps: StewardDeps, hearing: Hearing): Promise<Heard> => {
  const contest = await contestOf(deps, hearing);
  return { hearing, numbers: await measurePairs(contest), rule: contest.rule };
};

/** Judges, and writes numbers and verdict down before anybody hears of it. */
export const score = async (deps: StewardDeps, heard: Heard): Promise<AuditRecord & Scored> => {
  const { hearing, numbers, rule } = heard;
  const { query, admitted, begun, walls } = hearing;
  const { open, seal } = admitted;
  const judged = judge(numbers, rule, deps.evidence);
  const verdict = judged.verdict === 'more' ? 'undecided' : judged.verdict;
  const text = canonicalJson(numbers);
  await writeNumbers(deps.root, sha256(text), text);
  const suite = suiteOf(open.vault);
  const used = usedOf(await deps.audit.records(), suite);
  const passes = used.passes + (verdict === 'undecided' ? 0 : 1);
  const left = leftOf(seal.budget, { ...used, passes });
  const record = await deps.audit.append({
    kind: 'score',
    suite,
    question: questionId(query),
    query: begun.i,
    artifactHash: query.candidate,
    evaluatorHash: seal.commandHash,
    dataHash: open.dataHash,
    sandbox: walls,
    seeds: numbers.pairs.map(({ seed }) => seed),
    n: numbers.pairs.length,
    rule,
    numbersHash: sha256(text),
    logE: judged.logE,
    verdict,
    reason: verdict === 'invalid' ? 'scorer_failed' : null,
    bitsReleased: charge(seal.budget, verdict),
    queriesLeft: left.queries,
    passesLeft: left.passes,
  });
  return record as AuditRecord & Scored;
};
