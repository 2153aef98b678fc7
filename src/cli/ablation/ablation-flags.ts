import { ARMS, SEARCHED, type Arm, type SearchedArm } from '../../contract/ablation.js';
import { UserError } from '../../contract/user-error.js';
import { wholeNumber } from '../arguments.js';
import { didYouMean } from '../../contract/nearest.js';

export interface AblationFlags {
  arms?: string | undefined;
  n?: string | undefined;
  tasks?: string | undefined;
  method?: string | undefined;
  hand: string;
  experiments?: string | undefined;
  plus?: string | undefined;
  'outer-experiments'?: string | undefined;
  searches?: string | undefined;
  parallel?: string | undefined;
  seed?: string | undefined;
}

/** What is to be compared, as the command line has it. */
export interface Wanted {
  /** null: nobody said, all that can be had */
  arms: Arm[] | null;
  n: number;
  tasks: string[] | null;
  /** references of methods that were found elsewhere */
  methods: Partial<Record<SearchedArm, string>>;
  hand: string[];
  experiments: number | undefined;
  plus: number | undefined;
  outerExperiments: number | undefined;
  searchesEach: number;
  parallel: number;
  seed: number;
}

const REPEATS = 10;
/** A difference has no spread below. */
const FEWEST = 2;

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const isArm = (text: string): text is Arm => ARMS.some((arm) => arm === text);

const armsOf = (text: string): Arm[] => {
  const asked = listOf(text).map((one) => one.toUpperCase());
  const unknown = asked.find((one) => !isArm(one));
  if (unknown !== undefined)
    throw new UserError(`there is no arm "${unknown}"`, '--arms', `Choose among ${ARMS.join(', ')}.`);
  const arms = ARMS.filter((arm) => asked.includes(arm));
  if (arms.length >= 2) return arms;
  throw new UserError('one arm has nothing to be compared with', '--arms', 'Write it like --arms A,S,C.');
};

const isSearched = (text: string): text is SearchedArm => text in SEARCHED;

const methodsOf = (text: string | undefined): Wanted['methods'] => {
  if (text === undefined) return {};
  const fix = 'Write it like --method B=tuned,C=.#HEAD~3:method.';
  const methods: Wanted['methods'] = {};
  for (const one of text.split(/,(?=[A-Z+]+=)/)) {
    const [, arm = '', ref = ''] = /^([^=]*)=(.+)$/.exec(one) ?? [];
    if (!isSearched(arm))
      throw new UserError(
        arm === '' ? `"${one}" names no arm` : `arm ${arm} takes no method; B, C and D do`,
        '--method',
        fix,
      );
    const before = methods[arm] ?? ref;
    if (before !== ref)
      throw new UserError(
        `arm ${arm} is given two methods, ${before} and ${ref}`,
        '--method',
        'An arm has one; compare the other in an ablation of its own.',
      );
    methods[arm] = ref;
  }
  return methods;
};

const seedOf = (text: string | undefined): number => (text === '0' ? 0 : (wholeNumber(text, '--seed') ?? 0));

/** Names of the list that was asked for among those that there are. */
export const amongTasks = (asked: readonly string[], known: readonly string[]): string[] => {
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown === undefined) return known.filter((name) => asked.includes(name));
  throw new UserError(
    `there is no task "${unknown}"${didYouMean(unknown, known)}`,
    '--tasks',
    `Choose among ${known.join(', ')}.`,
  );
};

export const readWanted = (flags: AblationFlags): Wanted => ({
  arms: flags.arms === undefined ? null : armsOf(flags.arms),
  n: wholeNumber(flags.n, '--n', FEWEST) ?? REPEATS,
  tasks: flags.tasks === undefined ? null : listOf(flags.tasks),
  methods: methodsOf(flags.method),
  hand: flags.hand.split('+').map((name) => name.trim()),
  experiments: wholeNumber(flags.experiments, '--experiments'),
  plus: wholeNumber(flags.plus, '--plus'),
  outerExperiments: wholeNumber(flags['outer-experiments'], '--outer-experiments'),
  searchesEach: wholeNumber(flags.searches, '--searches') ?? 1,
  parallel: wholeNumber(flags.parallel, '--parallel') ?? 1,
  seed: seedOf(flags.seed),
});
