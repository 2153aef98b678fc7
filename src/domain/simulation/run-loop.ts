import type { Directive, Move, Trial } from '../../contract/mechanism.js';
import { normalDraw } from '../distributions/normal-draw.js';
import { acceptedAsParent } from '../mechanism/accepted-as-parent.js';
import { applyMoves, type Config } from '../mechanism/apply-moves.js';
import { complies, isFollowed } from '../mechanism/compliance.js';
import { type MechanismRecord, recordCompliance } from '../mechanism/mechanism-record.js';
import { candidateKey, moveKey } from '../mechanism/move-key.js';
import { type Random, random } from '../random.js';
import { againTrial } from './again-trial.js';
import { askMechanism, tellMechanism } from './ask-mechanism.js';
import { isKept } from './judge.js';
import type { LoopSetting } from './loop-setting.js';
import { contextOf, openLoop, type SimulatedLoop, type Standing } from './loop-state.js';
import { priorOf } from './prior.js';
import { afterCandidate, closePromoting, isProvisional, openPromoting } from './promote.js';
import { proposeStep } from './proposer.js';
import { idOf, SPACE } from './steps.js';

export interface LoopEnd {
  /** of what the loop ends with, without noise */
  value: number;
  /** runs beside those of its experiments, of promotion tests */
  testRuns: number;
  trials: readonly Trial[];
  record: MechanismRecord;
}

const FREEZES = 10;

interface Run {
  setting: LoopSetting;
  prior: readonly number[];
  seed: number;
  draw: Random;
  noise: Random;
}

const levelsOf = (config: Config): number[] => SPACE.map(({ id }) => Number(config[id]));

/** One measurement; null is a crash. Less of a run is noisier. */
const measure = ({ setting, noise }: Run, config: Config, fidelity: number): number | null => {
  const error = (setting.sigma * normalDraw(noise)) / Math.sqrt(fidelity);
  const truth = setting.instance.value(levelsOf(config));
  return Number.isNaN(truth) ? null : truth + error;
};

const frozenAt = ({ setting, seed }: Run, t: number): string[] => {
  const { freeze } = setting.parameters;
  if (freeze === 0) return [];
  const draw = random('frozen', seed, Math.floor(t / FREEZES));
  return SPACE.filter(() => draw.next() < freeze).map(({ id }) => id);
};

const rememberedBy = ({ setting }: Run, trials: readonly Trial[]): readonly Trial[] => {
  const { resets, parameters } = setting;
  const since = resets === null ? trials.length : trials.length % resets;
  const window = Math.min(parameters.window, since);
  return window === 0 ? [] : trials.slice(-window);
};

const candidateOf = (
  run: Run,
  loop: SimulatedLoop,
  directive: Directive,
): { parent: Standing; moves: readonly Move[]; config: Config } => {
  const elite = loop.elites.find(({ id }) => id === directive.parent);
  const named: Standing | null =
    elite === undefined ? null : { ...elite, config: elite.config ?? {}, se: run.setting.sigma, n: 1 };
  const parent = named ?? (directive.move === undefined ? loop.walker : loop.incumbent);
  if (directive.move !== undefined) {
    return { parent, moves: directive.move, config: applyMoves(parent.config, directive.move, SPACE) };
  }
  const recent = rememberedBy(run, loop.trials);
  const believer = {
    prior: run.prior,
    parameters: run.setting.parameters,
    frozen: frozenAt(run, loop.trials.length),
  };
  return { parent, ...proposeStep(believer, { config: parent.config, recent, directive }, run.draw) };
};

const trialOf = (
  { setting }: Run,
  loop: SimulatedLoop,
  made: ReturnType<typeof candidateOf> & { value: number | null; directive: Directive },
): Trial => {
  const { parent, moves, config, value, directive } = made;
  const { tolerance } = setting.parameters;
  const { fidelity = 1 } = directive;
  const { promoting, incumbent } = loop;
  const isBetter =
    promoting === null
      ? isKept(value, incumbent, { tolerance, sigma: setting.sigma })
      : isProvisional(value, promoting);
  const keeps = fidelity === 1 && isBetter;
  return {
    id: loop.trials.length + 1,
    parentId: parent.id,
    moves,
    key: candidateKey(moves),
    config,
    operator: 'model',
    scores: value === null ? null : { mean: value, se: setting.sigma, n: 1 },
    dy: value === null ? null : value - parent.mean,
    status: value === null ? 'crash' : keeps ? 'keep' : 'revert',
    fidelity,
    cost: fidelity,
  };
};

/** Where the search goes on: from a keep, from a walker that annealing accepted, or from where it was. */
const after = (
  run: Run,
  loop: SimulatedLoop,
  made: { trial: Trial; directive: Directive },
): SimulatedLoop => {
  const { trial, directive } = made;
  const { scores, config, id } = trial;
  const proposed: Record<string, number> = { ...loop.proposed };
  for (const key of trial.moves.map(moveKey)) proposed[key] = (proposed[key] ?? 0) + 1;
  const known = { ...loop, trials: [...loop.trials, trial], proposed, spent: loop.spent + trial.cost };
  if (scores === null || config === null) return known;
  const standing: Standing = { id, config, ...scores };
  if (trial.status === 'keep') {
    const elite = { id, config, mean: scores.mean };
    return { ...known, incumbent: standing, walker: standing, elites: [...loop.elites, elite] };
  }
  const walks = acceptedAsParent(trial.dy, directive.acceptTemp, run.draw.next());
  return { ...known, walker: walks ? standing : loop.walker };
};

/** A known trial measured again: better known, and a cost; a lucky incumbent loses its luck. */
const replicated = (
  run: Run,
  loop: SimulatedLoop,
  { id, n }: { id: number; n: number },
): { loop: SimulatedLoop; trial: Trial } => {
  const known = loop.trials.find((one) => one.id === id);
  const config = known?.config ?? loop.incumbent.config;
  const moves = known?.moves ?? [];
  const values = Array.from({ length: n }, () => measure(run, config, 1)).filter((one) => one !== null);
  const trial = againTrial(loop, { of: id, config, moves, values, cost: n, sigma: run.setting.sigma });
  const measured = { ...loop, trials: [...loop.trials, trial], spent: loop.spent + n };
  if (id !== loop.incumbent.id || values.length === 0) return { loop: measured, trial };
  const { incumbent } = loop;
  const sum = values.reduce((total, one) => total + one, incumbent.mean * incumbent.n);
  const total = incumbent.n + values.length;
  const better = { ...incumbent, mean: sum / total, n: total, se: run.setting.sigma / Math.sqrt(total) };
  return { loop: { ...measured, incumbent: better }, trial };
};

/** The mechanism's books once it has seen what became of its directive. */
const told = (
  { setting }: Run,
  { mechanism, incumbent }: SimulatedLoop,
  { directive, trial }: { directive: Directive; trial: Trial },
): SimulatedLoop['mechanism'] => {
  const at = { space: SPACE, incumbent };
  const complied = isFollowed(directive, complies(directive, trial, at), at);
  const books = { ...mechanism, record: recordCompliance(mechanism.record, complied) };
  return tellMechanism(books, setting.mechanism, trial);
};

const step = (run: Run, before: SimulatedLoop): SimulatedLoop => {
  const { mechanism } = run.setting;
  const context = () => contextOf(before, run.setting, run.seed);
  const asked = askMechanism(before, mechanism, context);
  const { directive } = asked;
  const loop = { ...before, mechanism: asked.mechanism };
  if (directive.replicate !== undefined) {
    const again = replicated(run, loop, directive.replicate);
    return { ...again.loop, mechanism: told(run, again.loop, { directive, trial: again.trial }) };
  }
  const made = candidateOf(run, loop, directive);
  const value = measure(run, made.config, directive.fidelity ?? 1);
  const trial = trialOf(run, loop, { ...made, value, directive });
  const next = after(
    run,
    { ...loop, mechanism: told(run, loop, { directive, trial }) },
    { trial, directive },
  );
  return trial.fidelity === 1 ? afterCandidate(next, trial, (config) => measure(run, config, 1)) : next;
};

/** One research loop from the start to the end of its budget; fixed by its setting alone. */
export const runLoop = (setting: LoopSetting): LoopEnd => {
  const { instance, T, sigma } = setting;
  const seed = random('loop', instance.seed).int(2 ** 31);
  const run: Run = {
    setting,
    prior: priorOf(instance, setting.prior),
    seed,
    draw: random('proposals', instance.seed),
    noise: random('noise', instance.seed),
  };
  const start: Config = Object.fromEntries(SPACE.map((_, i) => [idOf(i), 0]));
  let loop = openLoop(start, (sigma * normalDraw(run.noise)) / Math.sqrt(10), sigma);
  const { promoteEvery } = setting;
  if (promoteEvery !== null)
    loop = { ...loop, promoting: openPromoting(loop.incumbent, { every: promoteEvery, sigma }) };
  while (loop.spent < T) loop = step(run, loop);
  const { trials, incumbent, mechanism, promoting } = closePromoting(loop, (config) =>
    measure(run, config, 1),
  );
  const value = instance.value(levelsOf((promoting?.trunk ?? incumbent).config));
  return { value, testRuns: promoting?.runs ?? 0, trials, record: mechanism.record };
};
