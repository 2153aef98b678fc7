import { Context } from '@temporalio/activity';
import type { ControlActivities } from '../../contract/activities.js';
import type { Elite, Trial } from '../../contract/mechanism.js';
import type { Guidance } from '../../contract/steering.js';
import type { Steered, SteerRequest } from '../../contract/steer.js';
import { buildContext } from '../../domain/mechanism/build-context.js';
import { moveKey } from '../../domain/mechanism/move-key.js';
import { type Knobs, knobsOf } from '../../domain/steering/knobs.js';
import { frozenBy } from '../../domain/steering/frozen.js';
import { operatorsOf } from '../../domain/steering/operators.js';
import { findAgain } from '../../domain/steering/find-again.js';
import { restartFrom } from '../../domain/steering/restart.js';
import { pendingTrial, readPast } from '../../domain/steering/trials.js';
import { upward } from '../../domain/promotion/upward.js';
import { frozenNow, phaseAt } from '../../domain/method/phase.js';
import { scan } from '../../domain/proposers/mutate/scan.js';
import type { MechanismStep } from '../../contract/mechanism-run.js';
import type { Deps } from '../deps.js';
import { rememberSnapshots } from '../propose/snapshot.js';

/** As far back as a mechanism's past reaches: its elites, and the chain that their settings are known by. */
const REMEMBERED = 2000;

type SteerDeps = Pick<Deps, 'openRepository' | 'ledger' | 'runMechanism'>;
type Past = ReturnType<typeof readPast>;

type KnobsAt = (request: SteerRequest, commit: string) => Promise<Knobs>;

const rememberKnobs = ({ openRepository }: SteerDeps): KnobsAt => {
  const snapshotOf = rememberSnapshots();
  return async (request, commit) => {
    const repository = await openRepository(request.source.repository);
    const { texts } = await snapshotOf(repository, { ...request, base: commit });
    return knobsOf([...texts].flatMap(([path, text]) => scan(path, text)));
  };
};

/** How often each move was proposed: of what is settled, and of what waits for its verdict. */
const timesProposed = (trials: readonly Trial[]): Record<string, number> => {
  const times: Record<string, number> = {};
  for (const key of trials.flatMap(({ moves }) => moves.map(moveKey))) times[key] = (times[key] ?? 0) + 1;
  return times;
};

const contextOf = (request: SteerRequest, past: Past, knobs: Knobs): MechanismStep['context'] => {
  const { task, incumbent, noise, policy, t, T, budgetLeft } = request;
  const { direction } = task.measure.metric;
  const freeze = frozenNow(policy, phaseAt(policy, T > 0 ? t / T : 0));
  const sigma = noise?.sigma ?? 0;
  const trials = [...past.trials, ...request.steering.pending.map(pendingTrial)];
  return buildContext({
    t,
    T,
    budgetLeft,
    space: knobs.space.filter((knob) => frozenBy(knob, freeze) === null),
    incumbent: {
      id: incumbent.experiment,
      config: knobs.config,
      mean: upward(direction, incumbent.value),
      se: sigma / Math.sqrt(Math.max(1, incumbent.n)),
      n: incumbent.n,
    },
    trials,
    elites: past.elites.map(({ commit: _commit, ...elite }): Elite => elite),
    noise: { sigma, rho: 0 },
    operators: operatorsOf(task),
    priorStats: timesProposed(trials),
    seed: task.seed,
  });
};

/** Trials that ended since the mechanism was last asked, in the order of their verdicts. */
const freshOf = ({ trials }: Past, observed: number | null): Past['trials'] =>
  observed === null ? trials : trials.slice(trials.findIndex(({ id }) => id === observed) + 1);

/** Asks the loop's mechanism what the next proposal is to be, or looks for another place to start from. */
export const createSteer = (deps: SteerDeps): ControlActivities['steer'] => {
  const knobsAt = rememberKnobs(deps);

  return async (request): Promise<Steered> => {
    const { loop, task, source, policy, incumbent, noise, steering } = request;
    const base = await knobsAt(request, source.baseCommit);
    const rows = await deps.ledger.history(loop, { limit: REMEMBERED, tailsOf: [] });
    const past = readPast({
      rows,
      direction: task.measure.metric.direction,
      sigma: noise?.sigma ?? 0,
      base: base.config,
      baseCommit: source.baseCommit,
    });
    const stuck = { sinceKeep: request.sinceKeep, incumbent: incumbent.experiment, seed: task.seed };
    const elsewhere = restartFrom(policy, past.elites, stuck);
    const { mechanism } = policy;
    const unasked: Guidance = { directive: null, mechanism: null, parent: elsewhere?.id ?? null };
    const before = { state: steering.state, observed: steering.observed, record: steering.record };
    if (mechanism === null || steering.record.faults.length > 0)
      return { guidance: unasked, base: elsewhere?.commit ?? null, ...before };
    const knobs = await knobsAt(request, incumbent.branchCommit);
    const step: MechanismStep = {
      source: mechanism.source,
      ...(steering.record.calls === 0 ? {} : { state: steering.state }),
      record: steering.record,
      observed: freshOf(past, steering.observed),
      context: contextOf(request, past, knobs),
    };
    const stepped = await deps.runMechanism(step, Context.current().cancellationSignal);
    const { directive, state, record } = stepped;
    const asked = directive.parent === incumbent.experiment ? undefined : directive.parent;
    const parent = past.elites.find(({ id }) => id === (asked ?? elsewhere?.id)) ?? null;
    const again = findAgain(directive, rows, source.baseCommit);
    return {
      guidance: {
        directive,
        mechanism: mechanism.name,
        parent: parent?.id ?? null,
        acts: record.nonIdentity > steering.record.nonIdentity,
        ...(again === null ? {} : { again }),
      },
      base: parent?.commit ?? null,
      state,
      observed: past.trials.at(-1)?.id ?? steering.observed,
      record,
    };
  };
};
