import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vault } from '../../contract/vault-schema.js';
import { keepPlainFiles } from './check-out.js';
import { readScore } from './read-score.js';
import type { Cell } from './cell.js';
import { removeTree } from './remove-tree.js';
import { runInCell } from './run-in-cell.js';
import { steadyNow } from './steady-clock.js';
import type { Mount } from './walls.js';

/** What candidate and incumbent both meet: public inputs, and the truth that the scorer alone sees. */
export interface Instance {
  seed: number;
  inputs: string;
  truth: string;
}

export interface Bench {
  vault: Vault;
  /** the vault's folder */
  folder: string;
  cell: Cell;
  /** private folder for what runs leave */
  scratch: string;
  /** seed of a candidate's own randomness: never the generator's, from which it could know the instance */
  runSeed(seed: number): number;
  /** by the steady clock */
  deadline: number;
}

export type Measured = { value: number } | { failed: string } | 'cut';

const PUBLIC = { variable: 'AUTOLIFT_INPUTS', target: '/inputs', write: false } as const;
const SECRET = { variable: 'AUTOLIFT_TRUTH', target: '/truth', write: false } as const;
const OWN = { variable: 'AUTOLIFT_CANDIDATE', target: '/candidate' } as const;

const vaultMount = (folder: string): Mount => ({
  variable: null,
  source: folder,
  target: '/vault',
  write: false,
});

const left = ({ vault, deadline }: Bench): number => Math.min(vault.timeout * 1000, deadline - steadyNow());

/** Draws the instance of a seed with the vault's generator; null: it failed, and with it the question. */
export const drawInstance = async (bench: Bench, seed: number): Promise<Instance | null> => {
  const { vault, folder, cell, scratch } = bench;
  const inputs = join(scratch, 'inputs');
  const truth = join(scratch, 'truth');
  for (const made of [inputs, truth]) {
    await removeTree(made);
    await mkdir(made, { mode: 0o700 });
  }
  if (vault.kind !== 'generator' || vault.generate === undefined) return { seed, inputs, truth };
  const mounts = [
    vaultMount(folder),
    { ...PUBLIC, source: inputs, write: true },
    { ...SECRET, source: truth, write: true },
  ];
  const variables = { AUTOLIFT_SEED: String(seed) };
  const { ok } = await runInCell(
    {
      command: vault.generate,
      mounts,
      cwd: '/vault',
      variables,
      timeoutMs: left(bench),
      memory: vault.memory,
    },
    cell,
  );
  return ok ? { seed, inputs, truth } : null;
};

/**
 * One artifact on one instance. It runs where it sees its own files and the inputs; when all of it is dead, the
 * vault's scorer reads the plain files that it left, and nothing it printed.
 */
export const measureOne = async (bench: Bench, checkout: string, instance: Instance): Promise<Measured> => {
  const { vault, cell, scratch } = bench;
  const own = join(scratch, 'candidate');
  await removeTree(own);
  await cp(checkout, own, { recursive: true, verbatimSymlinks: true });
  const { memory } = vault;
  const inputs = { ...PUBLIC, source: instance.inputs };
  const ran = await runInCell(
    {
      command: vault.candidate,
      mounts: [{ ...OWN, source: own, write: true }, inputs],
      cwd: OWN.target,
      variables: { AUTOLIFT_SEED: String(bench.runSeed(instance.seed)) },
      timeoutMs: left(bench),
      memory,
    },
    cell,
  );
  if (ran.timedOut && steadyNow() >= bench.deadline) return 'cut';
  if (!ran.ok) return { failed: ran.out };
  const unreadable = await keepPlainFiles(own).then(
    () => null,
    (error: unknown) => String(error),
  );
  if (unreadable !== null) return { failed: unreadable };
  const scored = await runInCell(
    {
      command: vault.score,
      mounts: [
        vaultMount(bench.folder),
        { ...OWN, source: own, write: false },
        inputs,
        { ...SECRET, source: instance.truth },
      ],
      cwd: '/vault',
      variables: { AUTOLIFT_SEED: String(instance.seed) },
      timeoutMs: left(bench),
      memory,
    },
    cell,
  );
  if (scored.timedOut && steadyNow() >= bench.deadline) return 'cut';
  const value = scored.ok ? readScore(scored.out, vault.metric.name) : null;
  return value === null ? { failed: scored.out } : { value };
};
