import { NO_USAGE, type Proposal } from '../../../contract/proposal.js';
import type { Proposer } from '../../../contract/task-schema.js';
import { sampleRandom } from '../../../domain/proposers/sweep/sample-random.js';
import { type SweepSpace, sweepSpace, writeSettings } from '../../../domain/proposers/sweep/sweep-space.js';
import { random } from '../../../domain/random.js';
import { keepAlive } from '../../keep-alive.js';
import type { Draft, Rejection } from '../draft.js';
import type { Session } from '../session.js';
import { rememberSnapshots } from '../snapshot.js';
import { knobsBefore, knobsOfTexts } from '../steered/knobs-of-texts.js';
import { askSampler } from './ask-sampler.js';
import { pastTrials } from './past-trials.js';

type Sweep = Extract<Proposer, { kind: 'sweep' }>;

const snapshotOf = rememberSnapshots();

const spaceOf = async ({ repository, request }: Session, { knobs }: Sweep): Promise<SweepSpace> => {
  const { texts } = await snapshotOf(repository, { ...request, base: request.source.baseCommit });
  return sweepSpace(knobsOfTexts(texts), { only: knobs, freeze: request.method?.freeze ?? [] });
};

const paramsOf = async (
  session: Session,
  { sampler, timeout }: Sweep,
  { space, experiment }: { space: SweepSpace; experiment: number },
): Promise<number[]> => {
  const { deps, request } = session;
  const stream = random('sweep', request.task.seed, experiment);
  if (sampler === 'random') return sampleRandom(space.dimensions, stream);
  const question = {
    sampler,
    seed: stream.int(2 ** 31),
    direction: request.task.measure.metric.direction,
    space: space.dimensions.map(({ axis }) => axis),
    ...(await pastTrials(session, space, experiment)),
  };
  return await askSampler(deps.python, question, timeout);
};

const sweep = async (
  session: Session,
  proposer: Sweep,
  experiment: number,
): Promise<Proposal | Rejection> => {
  const space = await spaceOf(session, proposer);
  if (space.dimensions.length === 0) {
    const reason = 'the editable files hold no number, boolean or declared choice to sweep';
    return { idea: '', status: 'no_change', reason };
  }
  const settings = space.settings(await paramsOf(session, proposer, { space, experiment }));
  const made = writeSettings(settings, knobsBefore(session), session.snapshot.texts);
  const name = `sweep (${proposer.sampler})`;
  if (made !== null) return { ...made, idea: `${name}: ${made.idea}` };
  return { idea: name, status: 'no_change', reason: 'the sampler asks for the files as they are' };
};

/** Sets every knob at once, as a sampler asks; the study is made anew from the record each time. */
export const proposeBySweep = async (
  session: Session,
  proposer: Sweep,
  experiment: number,
): Promise<Draft> => {
  const result = await keepAlive(
    () => ({}),
    async () => await sweep(session, proposer, experiment),
  );
  return { experiment, proposer: 'sweep', usage: NO_USAGE, result };
};
