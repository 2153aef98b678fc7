import type { AblationInput } from '../../contract/ablation.js';
import type { LoopInput } from '../../contract/loop.js';
import { devicesByClass } from '../../domain/fleet/devices-by-class.js';
import type { Served } from '../../domain/research/children-at-a-time.js';
import { asksFleet, studyOnFleet } from '../../domain/research/study-on-fleet.js';
import type { Engine } from '../engine.js';
import { readFleet } from '../fleet/read-fleet.js';

/** Devices that are there now; workers that were started just now have not been heard of yet. */
const servedNow = async (engine: Engine, cpuDevices: number): Promise<Served> => {
  const found = devicesByClass(await readFleet(engine));
  const heard = (found.get('cpu') ?? []).reduce((sum, devices) => sum + devices, 0);
  return heard >= cpuDevices ? found : found.set('cpu', [cpuDevices]);
};

/** The study with as many child loops at a time as the task says, or as keep the devices busy that are there now. */
export const withChildren = async (
  engine: Engine,
  study: Pick<LoopInput, 'task' | 'research'>,
  cpuDevices: number,
): Promise<Pick<LoopInput, 'research'>> =>
  studyOnFleet(study, asksFleet(study) ? await servedNow(engine, cpuDevices) : new Map());

/** The same for the outer loops of an ablation, which run one after another. */
export const searchesWithChildren = async (
  engine: Engine,
  searches: AblationInput['searches'],
  cpuDevices: number,
): Promise<AblationInput['searches']> => {
  const all = Object.entries(searches);
  if (!all.some(([, search]) => asksFleet(search))) return searches;
  const served = await servedNow(engine, cpuDevices);
  return Object.fromEntries(
    all.map(([arm, search]) => [arm, { ...search, ...studyOnFleet(search, served) }]),
  );
};
