import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { HoldoutNumbers } from '../../contract/audit.js';
import { UserError } from '../../contract/user-error.js';
import { canonicalJson } from '../../domain/audit/canonical-json.js';
import { mean, standardError } from '../../domain/statistics.js';
import { sha256, withLock } from '../../storage/audit/index.js';
import { openVault, suiteOf, writeNumbers, type OpenVault } from '../../storage/vault/index.js';
import { checkOut } from './check-out.js';
import type { StewardDeps } from './deps.js';
import { listInstances } from './list-instances.js';
import { measureOne, type Bench } from './measure-one.js';
import { removeTree } from './remove-tree.js';
import { scratchFolder } from './score.js';
import { steadyNow } from './steady-clock.js';

export interface ReserveOrder {
  vault: string;
  repository: string;
  prefix: string;
  commit: string;
  /** who opens it, for the log */
  actor: string;
}

export interface ReserveScore {
  suite: string;
  metric: string;
  mean: number;
  /** null: a single instance has none */
  standardError: number | null;
  n: number;
  failed: number;
}

const ELEVEN_DAYS_MS = 1e9;

const mistake = (what: string, vault: string, fix: string): UserError =>
  new UserError(what, `vault ${vault}`, fix);

/** A reserve that is sealed, unchanged and never opened. */
const requireUnopened = async (deps: StewardDeps, name: string): Promise<OpenVault> => {
  const open = await openVault(deps.root, name);
  if (open === null) throw mistake('there is none of this name', name, '`autolift vault list` names them.');
  if (open.vault.kind !== 'reserve')
    throw mistake(`is a ${open.vault.kind}, not a reserve`, name, 'Only a reserve gives its number away.');
  const suite = suiteOf(open.vault);
  const records = await deps.audit.records();
  const seal = records.find((one) => one.kind === 'rotate' && one.suite === suite);
  if (seal?.kind !== 'rotate' || seal.dataHash !== open.dataHash)
    throw mistake('is not what was sealed', name, 'Seal it as a new version: `autolift vault seal`.');
  const opened = records.find((one) => one.kind === 'reserve' && one.suite === suite);
  if (opened?.kind === 'reserve')
    throw mistake(
      `was opened on ${new Date(opened.at).toISOString()} by ${opened.actor}, for ${opened.artifactHash.slice(0, 12)}`,
      name,
      `A reserve opens once; make another one. What it said then is in ${deps.root}/numbers/${opened.numbersHash}.json.`,
    );
  if (deps.walls === null)
    throw mistake('there is no bubblewrap to run a candidate in', name, 'Install bubblewrap.');
  return open;
};

const measureAll = async (bench: Bench, checkout: string): Promise<HoldoutNumbers> => {
  const { direction } = bench.vault.metric;
  const numbers: HoldoutNumbers = { direction, pairs: [], cut: false, failures: [] };
  for (const instance of await listInstances(bench)) {
    const measured = await measureOne(bench, checkout, instance);
    const value = measured !== 'cut' && 'value' in measured ? measured.value : null;
    if (measured !== 'cut' && 'failed' in measured)
      numbers.failures.push({ seed: instance.seed, who: 'candidate', tail: measured.failed });
    numbers.pairs.push({ seed: instance.seed, candidate: value, incumbent: null });
  }
  return numbers;
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Where nothing ran there is no number, and nothing was learnt of the reserve: it stays closed. */
const requireNumbers = ({ pairs, failures }: HoldoutNumbers, vault: string): void => {
  if (pairs.some(({ candidate }) => candidate !== null)) return;
  const [first] = failures;
  throw mistake(
    `gave no number, so it stays closed: ${first === undefined ? 'it holds no instance' : lastLine(first.tail)}`,
    vault,
    'Mend what fails and open it again.',
  );
};

const open = async (deps: StewardDeps, order: ReserveOrder): Promise<ReserveScore> => {
  const { folder, vault } = await requireUnopened(deps, order.vault);
  const { walls, root, path } = deps;
  await mkdir(scratchFolder(root), { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(join(scratchFolder(root), 'reserve-'));
  try {
    const checkout = join(scratch, 'of-candidate');
    await mkdir(checkout);
    await checkOut(await deps.openObjects(order.repository, join(scratch, 'git')), order, checkout);
    const numbers = await measureAll(
      {
        vault,
        folder,
        cell: { walls: walls ?? 'bwrap', path, hidden: root, read: vault.read },
        scratch,
        runSeed: (seed) =>
          Number.parseInt(deps.keys.digest(`reserve/${order.commit}/${String(seed)}`).slice(0, 7), 16),
        deadline: steadyNow() + ELEVEN_DAYS_MS,
      },
      checkout,
    );
    requireNumbers(numbers, order.vault);
    const text = canonicalJson(numbers);
    const suite = suiteOf(vault);
    await writeNumbers(root, sha256(text), text);
    const { commit: artifactHash, actor } = order;
    await deps.audit.append({ kind: 'reserve', suite, artifactHash, actor, numbersHash: sha256(text) });
    const values = numbers.pairs.flatMap(({ candidate }) => candidate ?? []);
    return {
      suite,
      metric: vault.metric.name,
      mean: mean(values),
      standardError: values.length < 2 ? null : standardError(values),
      n: values.length,
      failed: numbers.pairs.length - values.length,
    };
  } finally {
    await removeTree(scratch);
  }
};

/**
 * Scores one commit on a reserve and writes that down before the number is told: it cannot be had twice, nor by two at the
 * same time.
 */
export const openReserve = async (deps: StewardDeps, order: ReserveOrder): Promise<ReserveScore> =>
  await withLock(join(deps.root, 'reserve.lock'), async () => await open(deps, order));
