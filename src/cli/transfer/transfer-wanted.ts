import type { LoopRecord } from '../../contract/ledger.js';
import type { TransferPlan } from '../../contract/transfer.js';
import { UserError } from '../../contract/user-error.js';
import { ownClass } from '../../domain/device/own-class.js';
import { recordedPlan } from '../../report/transfer/recorded-transfer.js';
import { commaList } from '../comma-list.js';
import { checkDeviceClass } from '../device-class.js';

/** Seeds, each a run of every artifact: nine degrees of freedom for each comparison. */
export const PAIRS = 10;

export interface Wanted {
  to: string[];
  pairs: number;
  only?: number[];
}

/** The classes that were named, else those of the task but the loop's own; empty: none. */
export const classesWanted = (record: LoopRecord, to: string | undefined): string[] => {
  const { task } = record.loop.input;
  const own = ownClass(record);
  const named =
    to === undefined
      ? [...new Set([task.transfer?.to ?? []].flat())].filter((device) => device !== own)
      : commaList(to);
  for (const name of named) checkDeviceClass(name, '--to');
  return named;
};

/** What a loop has kept, as far as it can be measured elsewhere at all. */
export const planWanted = (record: LoopRecord, { to }: Pick<Wanted, 'to'>): TransferPlan => {
  const { loop, input } = record.loop;
  if (input.research !== undefined)
    throw new UserError(
      'it is measured by loops on other tasks, and runs on no device of its own',
      loop,
      'Transfer a loop of level R0; one below it has an id of its own (`autolift loops --all`).',
    );
  const plan = recordedPlan(record);
  if (plan === null)
    throw new UserError(
      'it has kept nothing that could be measured elsewhere',
      loop,
      '`autolift status` shows how far it is.',
    );
  if (to.includes(plan.from))
    throw new UserError(
      `${plan.from} is the class that the loop itself ran on`,
      '--to',
      'Name other classes; `autolift fleet` lists those that are served.',
    );
  return plan;
};

/** Numbers of kept changes that still stand. */
export const onlyWanted = (plan: TransferPlan, only: string | undefined): Pick<Wanted, 'only'> => {
  if (only === undefined) return {};
  const kept = plan.changes.map(({ experiment }) => experiment);
  const numbers = commaList(only.replaceAll('#', '')).map(Number);
  const wrong = numbers.find((number) => !kept.includes(number));
  if (wrong !== undefined || numbers.length === 0)
    throw new UserError(
      `"${only}" names no kept change`,
      '--only',
      `Kept and standing: ${kept.map((number) => `#${String(number)}`).join(', ')}.`,
    );
  return { only: numbers };
};
