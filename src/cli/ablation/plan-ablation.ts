import { createHash } from 'node:crypto';
import { ARMS, type AblationInput, type Arm } from '../../contract/ablation.js';
import { METHOD_FOLDER } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';
import { ABLATIONS } from '../../domain/research/child-names.js';
import { openRepository } from '../../storage/git/repository.js';
import { methodFilesAt, parseMethod } from '../../storage/method/index.js';
import { freezeNotices } from '../method/freeze-notices.js';
import { type Handed, handedBy } from '../method/handed-mechanism.js';
import type { PreflightOptions } from '../task/preflight.js';
import type { Wanted } from './ablation-flags.js';
import { armPlans, type Start } from './arm-plans.js';
import { resolveStudy, type Outer, type ResolvedStudy } from './resolve-study.js';
import { searchesFor } from './searches.js';

const startOf = async (outer: Outer | null): Promise<Start> => {
  if (outer === null) return { method: parseMethod({}, 'none'), ref: "each task's own policy" };
  const { repository, prefix, baseCommit } = outer.source;
  const folder = prefix === '' ? METHOD_FOLDER : `${prefix}/${METHOD_FOLDER}`;
  const files = await methodFilesAt(await openRepository(repository), baseCommit, folder);
  return { method: parseMethod(files, folder), ref: folder };
};

/** All that can be had without asking for more. */
const armsWanted = ({ arms, methods }: Wanted, outer: Outer | null): Arm[] =>
  arms ?? ARMS.filter((arm) => outer !== null || !'BCD'.includes(arm) || arm in methods);

const unused = ({ methods }: Wanted, arms: readonly Arm[]): void => {
  const odd = (['B', 'C', 'D'] as const).find((arm) => methods[arm] !== undefined && !arms.includes(arm));
  if (odd !== undefined)
    throw new UserError(`a method is given for arm ${odd}, which is left out`, '--arms', `Add ${odd} to it.`);
};

/** What an artifact is, whichever commit it was found at: the same question has the same id. */
const contentOf = async ({ research, outer }: ResolvedStudy): Promise<unknown[]> => {
  const all = [...research.tasks.map(({ source }) => source), ...(outer === null ? [] : [outer.source])];
  return await Promise.all(
    all.map(async ({ repository, prefix, baseCommit }) => {
      const files = await (await openRepository(repository)).listFiles(baseCommit, prefix);
      return files.map(({ path, oid }) => [path, oid]);
    }),
  );
};

/** Where an artifact was found says nothing about what is asked. */
const withoutPlaces = (key: string, value: unknown): unknown =>
  key === 'source' || key === 'ref' ? undefined : value;

const idOf = async (study: ResolvedStudy, rest: object): Promise<string> => {
  const text = JSON.stringify([await contentOf(study), study.research, rest], withoutPlaces);
  return `${ABLATIONS}/${study.name}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
};

/** Reads everything that an ablation needs, and says what is wrong with it before anything starts; but for the gates of `handed`. */
export const planAblation = async (
  folders: readonly string[],
  wanted: Wanted,
  options: PreflightOptions & { cwd: string },
): Promise<{ input: AblationInput; notices: string[]; handed: Handed[] }> => {
  const study = await resolveStudy(folders, wanted, options);
  const { research, outer } = study;
  const arms = armsWanted(wanted, outer);
  unused(wanted, arms);
  const start = await startOf(outer);
  const writes = start.method.mechanism !== null;
  const searches = searchesFor(arms, study, { wanted, writes });
  const searched = Object.keys(searches).length > 0;
  const plans = await armPlans(arms, research, { start, wanted, searched, cwd: options.cwd });
  const { n, seed, parallel, searchesEach } = wanted;
  const asked = { arms, n, seed, plans, searches, searchesEach, plus: wanted.plus ?? null };
  const id = await idOf(study, asked);
  const input = { v: 1 as const, id, attempt: 1, parallel, research, ...asked, found: [], ended: [] };
  const given = (['B', 'C', 'D'] as const).flatMap((arm) => plans[arm]?.method ?? []);
  const handed = [
    ...handedBy(start.ref, start.method.mechanism),
    ...given.flatMap(({ ref, policy }) => handedBy(ref, policy.mechanism)),
  ];
  // D takes the process of the start, and only its mechanism is found elsewhere
  const searching = (['A', 'B', 'C'] as const).flatMap((arm) => plans[arm]?.method ?? []);
  const frozen = await Promise.all(
    searching.map(({ ref, policy }) => freezeNotices(ref, policy, research.tasks)),
  );
  return { input, notices: [...frozen.flat(), ...study.notices], handed };
};
