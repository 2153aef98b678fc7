import type { Incumbent } from '../../contract/incumbent.js';
import type { StandingRecord, StandingRow, Standings } from '../../contract/standing.js';
import type { Evidence } from '../acceptance/rule.js';
import { RULES } from '../acceptance/rules.js';
import { noiseAnew } from '../acceptance/second-seed.js';
import { isDeterministic } from '../acceptance/without-noise.js';
import { ownRows } from '../device/row-classes.js';
import { PROMOTION } from '../promotion/promotion-proposer.js';
import { standardDeviation } from '../statistics.js';
import { isUnjudged } from '../steering/unjudged.js';
import { foldIncumbent } from './fold-incumbent.js';

/** What a pass over the rows remembers. */
interface Throne {
  of: Map<number, Incumbent>;
  now: Incumbent | null;
  /** what stands is a trunk: it rests on fresh runs of its own, and no others count */
  branching: boolean;
}

const evidenceOf = ({ verdict }: StandingRow): Partial<Evidence> & { promotion?: { standing?: unknown[] } } =>
  verdict?.evidence ?? {};

/** How many runs the score of a keep is the mean of. */
const runsOf = (row: StandingRow, rule: StandingRecord['rule']): number => {
  if (row.experiment === 0)
    return row.measurements.filter(({ role, status }) => role === 'baseline' && status === 'ok').length;
  const evidence = evidenceOf(row);
  const trunk = evidence.promotion?.standing?.length ?? 0;
  if (trunk > 0) return trunk;
  return (evidence.candidate?.length ?? 0) > 0 ? RULES[rule].standing(evidence as Evidence).n : 1;
};

const enthrone = (throne: Throne, one: Incumbent): void => {
  throne.of.set(one.experiment, one);
  throne.now = one;
};

const isNoisy = ({ measurements }: StandingRow): boolean => {
  const values = measurements.flatMap(({ role, status, value }) =>
    role === 'baseline' && status === 'ok' && value !== null ? [value] : [],
  );
  return !isDeterministic({ noise: { sigma: standardDeviation(values), n: values.length } });
};

/** Runs that a rule has judged beside the incumbent, and those of it that were asked for again, are its own. */
const countsFor = (row: StandingRow, { branching }: Throne): boolean =>
  row.proposer !== PROMOTION && (row.verdict !== null || (isUnjudged(row) && !branching));

const take = (throne: Throne, row: StandingRow, rule: StandingRecord['rule']): void => {
  const { experiment, commit, branchCommit, value, outcome } = row;
  if (experiment === 0) throne.branching = rule === 'branch+promote' && isNoisy(row);
  if (outcome === 'keep' && commit !== null && value !== null)
    return enthrone(throne, {
      experiment,
      commit,
      branchCommit: branchCommit ?? commit,
      value,
      n: runsOf(row, rule),
    });
  const { now } = throne;
  if (now === null || !countsFor(row, throne)) return;
  enthrone(throne, foldIncumbent(now, row.measurements));
  const found = noiseAnew((row.verdict?.evidence ?? null) as Evidence | null);
  if (found === null) return;
  throne.branching = rule === 'branch+promote';
  const stands = found.proof?.holds === false ? throne.of.get(0) : now;
  if (stands !== undefined) enthrone(throne, { ...stands, ...found.standing });
};

/**
 * The scores that a loop believes, read off its record as the loop itself goes on: what is kept stands on the runs that
 * its rule says, later runs beside it are folded in, and what an alarm takes back gives way to what stood before. Every
 * view of a loop shows these.
 */
export const readStandings = ({ rule, rows, reverts }: Omit<StandingRecord, 'loop'>): Standings => {
  const throne: Throne = { of: new Map(), now: null, branching: false };
  const pending = [...reverts];
  const goBack = (before: number): void => {
    for (let next = pending[0]; next !== undefined && next.at < before; next = pending[0]) {
      pending.shift();
      throne.now = throne.of.get(next.to) ?? throne.now;
    }
  };
  for (const row of ownRows(rows)) {
    goBack(row.settledAt);
    take(throne, row, rule);
  }
  goBack(Infinity);
  return { baseline: throne.of.get(0) ?? null, incumbent: throne.now, of: throne.of };
};
