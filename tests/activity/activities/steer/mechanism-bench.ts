import { readFileSync } from 'node:fs';
import { createSteer } from '../../../../src/activities/steer/steer.js';
import type { ProposalPolicy, ProposeRequest } from '../../../../src/contract/activities.js';
import type { MethodFiles, Policy } from '../../../../src/contract/method.js';
import type { Guidance } from '../../../../src/contract/steering.js';
import type { Steered, SteerRequest } from '../../../../src/contract/steer.js';
import { frozenNow } from '../../../../src/domain/method/phase.js';
import { project } from '../../../../src/domain/method/project.js';
import { OPEN_STEERING } from '../../../../src/domain/steering/open-steering.js';
import { taskWith } from '../../../support/loop-input.js';
import { methodWith } from '../../../support/method-files.js';
import { quiet, type Workbench } from '../propose/workbench.js';

export const libraryMechanism = (name: string): string => readFileSync(`mechanisms/${name}.js`, 'utf8');

export const policyOf = (files: MethodFiles): Policy => project(methodWith(files), taskWith()).policy;

export const UNGUIDED: Guidance = { directive: null, mechanism: null, parent: null };

/** A request to propose under a policy and a directive. */
export const guidedRequest = (
  request: ProposeRequest,
  policy: Policy,
  guidance: Partial<Guidance> = {},
): ProposeRequest & { method: ProposalPolicy } => {
  const { prompt, context, constraints, memory } = policy;
  const freeze = frozenNow(policy, null);
  return {
    ...request,
    method: { prompt, context, constraints, memory, freeze, guidance: { ...UNGUIDED, ...guidance } },
  };
};

/** A question of the loop to its mechanism, from the start of the search. */
export const steerRequest = (
  bench: Workbench,
  policy: Policy,
  more: Partial<SteerRequest> = {},
): SteerRequest => {
  const { task, source, base, loop } = bench.request({ seed: 5 });
  return {
    loop,
    task,
    source,
    policy,
    experiment: 1,
    incumbent: { experiment: 0, commit: base, branchCommit: base, value: 1, n: 1 },
    noise: { sigma: 0.01, n: 5 },
    t: 0,
    T: 20,
    budgetLeft: 1,
    sinceKeep: 0,
    steering: OPEN_STEERING,
    ...more,
  };
};

export const askSteer = async (bench: Workbench, request: SteerRequest): Promise<Steered> => {
  const steer = createSteer(bench.deps);
  return await quiet().run<[SteerRequest], Steered, typeof steer>(steer, request);
};
