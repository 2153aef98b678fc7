import { budgetSchema, type Budget } from '../contract/task-schema.js';
import { UserError } from '../contract/user-error.js';
import { positiveNumber, wholeNumber } from './arguments.js';

export const BUDGET_FLAGS = {
  experiments: { type: 'string', description: 'experiments beside the baseline', valueHint: 'n' },
  'wall-clock': { type: 'string', description: 'like 90s, 30m or 8h', valueHint: 'time' },
  'device-hours': { type: 'string', description: 'hours that devices are held', valueHint: 'hours' },
  dollars: { type: 'string', description: 'spent on models', valueHint: 'amount' },
  tokens: { type: 'string', description: 'read and written by models', valueHint: 'n' },
} as const;

export type BudgetFlags = { [K in keyof typeof BUDGET_FLAGS]?: string | undefined };

const wallClock = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const parsed = budgetSchema.safeParse({ wallClock: /^\d+(\.\d+)?$/.test(text) ? Number(text) : text });
  if (parsed.success) return parsed.data.wallClock;
  throw new UserError(`"${text}" is not a time`, '--wall-clock', 'Write it like 90s, 30m or 8h.');
};

/** The budget that flags name; empty if there are none. */
export const budgetFromFlags = (flags: BudgetFlags): Budget => {
  const named: Record<keyof Budget, number | undefined> = {
    experiments: wholeNumber(flags.experiments, '--experiments'),
    wallClock: wallClock(flags['wall-clock']),
    deviceHours: positiveNumber(flags['device-hours'], '--device-hours'),
    dollars: positiveNumber(flags.dollars, '--dollars'),
    tokens: wholeNumber(flags.tokens, '--tokens'),
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
};
