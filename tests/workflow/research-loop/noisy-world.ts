import { FakeEngine } from '../../support/fake-engine.js';
import { taskWith } from '../../support/loop-input.js';
import type { RunRequest } from '../../../src/contract/run-schema.js';

/** Uniform in [-1, 1), fixed by its arguments. */
const wobble = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash ^= hash >>> 13;
  return (hash >>> 0) / 2 ** 31 - 1;
};

export interface World {
  /** true gain of an experiment's change; lower losses are better */
  gain: (experiment: number) => number;
  /** what a scouting run shows beyond that: luck that never comes again */
  luck?: (experiment: number) => number;
  noise?: number;
  /** whether a run of this commit crashes */
  crashes?: (commit: string, engine: FakeEngine) => boolean;
  options?: FakeEngine['options'];
}

const isScout = ({ key }: RunRequest, lineage: number[]): boolean =>
  key.endsWith(`/${String(lineage.at(-1))}/candidate/0`);

/** An engine whose loss is 100 less the gains of all changes that a commit holds, with noise by commit and seed. */
export const noisyEngine = ({ gain, luck, noise = 0.5, crashes, options }: World): FakeEngine => {
  const engine: FakeEngine = new FakeEngine((_, request) => {
    const { commit } = request.source;
    if (crashes?.(commit, engine) === true) return { status: 'crash', value: null, detail: 'exit code 3' };
    const lineage = engine.lineage(commit);
    const lucky = isScout(request, lineage) ? (luck?.(lineage.at(-1) ?? 0) ?? 0) : 0;
    const level = 100 - lineage.reduce((sum, one) => sum + gain(one), 0) - lucky;
    return level + noise * wobble(`${commit}/${String(request.seed)}`);
  }, options);
  return engine;
};

export const acceptance = { rule: 'branch+promote', every: 4 } as const;

/** A task with a test after four scouts. */
export const noisyTask = (extra: Parameters<typeof taskWith>[0] = {}) =>
  taskWith({ acceptance, budget: { experiments: 5 }, ...extra });

export const rowOf = (engine: FakeEngine, experiment: number) => {
  const row = engine.rows.find((one) => one.experiment === experiment);
  if (row === undefined) throw new Error(`no row of experiment ${String(experiment)}`);
  return row;
};
export const promotions = (engine: FakeEngine) =>
  engine.rows.filter(({ proposer }) => proposer === 'promotion');
export const outcomes = (engine: FakeEngine) => engine.rows.map(({ outcome }) => outcome);
