import type { ContestRule, ContestState } from '../../contract/contest.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { contestEvidence } from '../contest/contest-evidence.js';
import { contestOptions } from '../contest/contest-options.js';
import { contestVerdicts } from '../contest/contest-verdicts.js';
import { openContest } from '../contest/open-contest.js';
import { concludeContest, stepContest } from '../contest/step-contest.js';
import { wantedRuns } from '../contest/wanted-runs.js';
import type { RecordedExperiment } from './recorded.js';
import { afterwards, NEVER_JUDGED, unknown, type Bench, type Verdict } from './replay-verdict.js';
import type { Incumbent } from './standing.js';

interface Replayed {
  state: ContestState;
  /** why the loop stopped it; null: it was not stopped */
  stopped: string | null;
  /** the record ends before the rule has a verdict on everybody */
  short: boolean;
  against: Incumbent;
}

const tableOf = (rows: readonly RecordedExperiment[]) =>
  rows.flatMap(({ contest }) => (contest?.table === undefined ? [] : [contest.table]))[0];

/** A recorded contest, played again from the runs that were made for it. */
const play = (
  rows: readonly RecordedExperiment[],
  against: Incumbent,
  { options, noise, loop, own }: Bench & { options: Acceptance & { rule: ContestRule } },
): Replayed | null => {
  const table = tableOf(rows);
  const contest = rows[0]?.contest;
  if (table === undefined || contest === undefined) return null;
  const { direction } = loop.metric;
  const { number: held, arms } = contest;
  const repeats = noise?.n ?? 1;
  const setting = { direction, standing: against, noise, arms: arms.length, held, repeats };
  let state = openContest(contestOptions(options, setting), table.blocks[0]?.seed ?? 0);
  for (;;) {
    const [run] = wantedRuns(state, 1);
    if (run === undefined) return { state, stopped: null, short: false, against };
    // seeds that were begun and not used are not in the record: its nth block is the nth that was judged
    const block = table.blocks[state.judged];
    const cell = block?.cells[run.arm];
    if (block !== undefined && block.fidelity === run.fidelity && cell !== undefined) {
      state = stepContest(state, run, cell);
      continue;
    }
    return own && table.stopped !== null && block === undefined
      ? { state: concludeContest(state), stopped: table.stopped, short: false, against }
      : { state, stopped: null, short: true, against };
  }
};

const verdictOn = (row: RecordedExperiment, replayed: Replayed, { loop, noise }: Bench): Verdict => {
  const { contest } = row;
  const { state, stopped, short, against } = replayed;
  const found = contestVerdicts(state, stopped).find(({ arm }) => arm === contest?.arm);
  if (contest === undefined || found === undefined) return unknown('it took part in no contest');
  if (short && state.fates[found.arm] === undefined)
    return unknown('the record has no further runs of its contest', row.measurements);
  const { direction } = loop.metric;
  const held = { state, arms: contest.arms, number: contest.number, stopped, direction, against, noise };
  const evidence = contestEvidence(held, found.arm, false);
  const { outcome, reason, gain } = found;
  const verdict = { outcome, reason, gain, used: row.measurements, evidence };
  return afterwards(verdict, row, loop.guarded);
};

/**
 * Judges the rows of a record under race, halving or hyperband: contests that were held are played again by the same
 * machine. Who met nobody then can't be judged now.
 */
export const contestJudge = (bench: Bench & { options: Acceptance & { rule: ContestRule } }) => {
  const played = new Map<number, Replayed | null>();
  return (row: RecordedExperiment, incumbent: Incumbent): Verdict => {
    const { contest, outcome, reason } = row;
    if (row.commit === null || row.measurements.length === 0 || NEVER_JUDGED.includes(outcome))
      return { outcome, reason, gain: null, used: [], evidence: null };
    if (contest === undefined)
      return unknown(
        'it was run by itself: what others would have come to on its seeds is not in the record',
      );
    let replayed = played.get(contest.number);
    if (replayed === undefined) {
      const rows = bench.loop.experiments.filter((one) => one.contest?.number === contest.number);
      replayed = play(rows, incumbent, bench);
      played.set(contest.number, replayed);
    }
    return replayed === null
      ? unknown('the table of its contest is not in the record')
      : verdictOn(row, replayed, bench);
  };
};
