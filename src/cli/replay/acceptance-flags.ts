import { allMistakes } from '../../contract/all-mistakes.js';
import { acceptanceSchema } from '../../contract/acceptance-schema.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { ignoredOptions } from '../../domain/acceptance/ignored-options.js';
import { schemaProblems, writtenForm } from '../../storage/yaml/index.js';
import { didYouMean } from '../../contract/nearest.js';

/** Flags that change the acceptance of a task for one command. */
export const ACCEPTANCE_FLAGS = {
  rule: { type: 'string', description: 'the rule; default: the recorded one', valueHint: 'rule' },
  'min-effect': {
    type: 'string',
    description: 'smallest gain that counts, like 0.001 or 0.5%',
    valueHint: 'gain',
  },
  k: { type: 'string', description: 'floor: standard deviations to pass', valueHint: 'number' },
  n: { type: 'string', description: 'confirm, paired-t: pairs', valueHint: 'n' },
  z: { type: 'string', description: 'confirm: standard errors to pass', valueHint: 'number' },
  alpha: { type: 'string', description: 'accepted chance of a false keep', valueHint: 'chance' },
  beta: { type: 'string', description: 'sprt: accepted chance of missing the gain', valueHint: 'chance' },
  nmax: { type: 'string', description: 'sprt, intensify, race: pairs at most', valueHint: 'n' },
  mde: { type: 'string', description: 'sprt: the gain to look for', valueHint: 'gain' },
  evidence: { type: 'string', description: 'sprt: z, mz, t, bet or sign', valueHint: 'process' },
  bound: { type: 'string', description: 'bet: largest difference of a pair', valueHint: 'number' },
  every: {
    type: 'string',
    description: 'branch+promote: candidates between two tests; default: 20',
    valueHint: 'n',
  },
  share: { type: 'boolean', description: 'branch+promote: alpha bounds the share of false promotions' },
  margin: {
    type: 'string',
    description: 'branch+promote: a change whose loss costs surely less is dropped',
    valueHint: 'gain',
  },
  arms: { type: 'string', description: 'race, halving: candidates at a time', valueHint: 'n' },
  pulls: { type: 'string', description: 'halving: runs that choose the finalist', valueHint: 'n' },
  eta: { type: 'string', description: 'hyperband: one of so many goes on', valueHint: 'n' },
  rungs: { type: 'string', description: 'hyperband: budgets', valueHint: 'n' },
  repeats: { type: 'string', description: 'runs of the unchanged artifact', valueHint: 'n' },
} as const;

type Flags = typeof ACCEPTANCE_FLAGS;

export type AcceptanceFlags = {
  [K in keyof Flags]?: (Flags[K]['type'] extends 'boolean' ? boolean : string) | undefined;
};

export const RULE_NAMES: readonly Acceptance['rule'][] = acceptanceSchema
  .unwrap()
  .shape.rule.unwrap().options;

const keyOf = (flag: string): string => (flag === 'min-effect' ? 'minEffect' : flag);
const flagOf = (key: string): string => `--${key === 'minEffect' ? 'min-effect' : key}`;

const WRITTEN = writtenForm(acceptanceSchema.unwrap());

const HELP = '`autolift replay --help` describes the options; docs/tasks.md what they mean.';

/** Each flag that can't be, with its value and what it may be. */
const mistakes = (problems: readonly { key: string; text: string }[]): UserError | null =>
  allMistakes(
    problems.map(({ key, text }) => new UserError(text, flagOf(key), HELP)),
    'autolift replay',
  );

/** What was typed, as task.yaml would have it: numbers as numbers, effects in percent as text. */
const typed = (text: string | boolean): string | number | boolean => {
  if (typeof text === 'boolean') return text;
  const number = Number(text);
  const isNumber = text.trim() !== '' && !Number.isNaN(number);
  return isNumber ? number : text;
};

/** The acceptance that flags make of another. */
export const acceptanceFromFlags = (base: Acceptance, flags: AcceptanceFlags): Acceptance => {
  const named = Object.entries(flags).filter(
    (entry): entry is [string, string | boolean] => entry[1] !== undefined,
  );
  const { rule } = flags;
  if (rule !== undefined && !RULE_NAMES.some((name) => name === rule))
    throw new UserError(
      `"${rule}" is not a rule${didYouMean(rule, RULE_NAMES)}`,
      '--rule',
      `Choose one of ${RULE_NAMES.join(', ')}.`,
    );
  const wanted = Object.fromEntries(named.map(([flag, text]) => [keyOf(flag), typed(text)]));
  const parsed = acceptanceSchema.safeParse(wanted);
  if (!parsed.success) {
    const problems = schemaProblems(parsed.error.issues, wanted, WRITTEN);
    const told = problems.map(({ path, text }) => ({ key: String(path[0] ?? 'rule'), text }));
    throw mistakes(told) ?? parsed.error;
  }
  const chosen = Object.entries(parsed.data).filter(([key]) => Object.hasOwn(wanted, key));
  const acceptance = { ...base, ...Object.fromEntries(chosen) };
  const ignored = ignoredOptions(acceptance, Object.keys(wanted));
  const passedOver = mistakes(ignored.map(({ option, why }) => ({ key: option, text: why })));
  if (passedOver !== null) throw passedOver;
  return acceptance;
};

/** The acceptance of a task that says nothing of it. */
export const defaultAcceptance = (): Acceptance => acceptanceSchema.parse({});
