import { childLoop } from '../../domain/research/child-names.js';
import type { ChildTrace } from '../../domain/dialogue/child-trace.js';
import type { LoopRecord } from '../../contract/ledger.js';
import type { Deps } from '../deps.js';

const MOST = 3;
const ROWS = 200;

const U = /^u\/(.+)\.(\d+)$/;

interface Unit {
  loop: string;
  name: string;
  task: string;
  u: number;
}

/** The child loops of what stands at a commit, as it was last measured: those that got least far first. */
const unitsOf = (rows: LoopRecord['experiments'], base: string): Unit[] => {
  const row =
    rows.findLast(({ commit, branchCommit }) => commit === base || branchCommit === base) ?? rows[0];
  const own = row?.measurements.filter(({ role }) => role !== 'incumbent') ?? [];
  const units = own.flatMap(({ role, index, metrics }) =>
    Object.entries(metrics).flatMap(([name, u]): Unit[] => {
      const [, task, repeat] = U.exec(name) ?? [];
      if (row === undefined || task === undefined || repeat === undefined) return [];
      const { loop, experiment } = row;
      const parent = { loop, experiment, role, index };
      return [{ loop: childLoop(parent, task, Number(repeat)), name: `${task}.${repeat}`, task, u }];
    }),
  );
  return units.sort((a, b) => a.u - b.u);
};

/** One loop of each task, the one that got least far, with its verdicts. */
export const childTraces = async (
  ledger: Pick<Deps['ledger'], 'history'>,
  rows: LoopRecord['experiments'],
  base: string,
): Promise<ChildTrace[]> => {
  const units = unitsOf(rows, base);
  const chosen = units.filter(({ task }, at) => units.findIndex((one) => one.task === task) === at);
  return await Promise.all(
    chosen.slice(0, MOST).map(async ({ loop, name, u }) => ({
      name,
      u,
      rows: await ledger.history(loop, { limit: ROWS, tailsOf: [] }),
    })),
  );
};
