import type { ControlActivities } from '../contract/activities.js';
import type { StewardClientActivities } from '../contract/steward.js';
import type { Deps } from './deps.js';
import { keepAlive } from './keep-alive.js';
import { createCompose } from './compose.js';
import { createConverse } from './dialogue/converse.js';
import { createExamine } from './dialogue/examine.js';
import { createAwaitDevice, createLivingClasses, type FleetDeps } from './devices/living-classes.js';
import { createEnvironmentChanges } from './environment-changes.js';
import { createEvaluatorChanges } from './evaluator-changes.js';
import { rememberChecks } from './gates/remember-checks.js';
import { createInspectData } from './inspect-data.js';
import { createOpenLoop } from './open-loop.js';
import { createPlant } from './plant.js';
import { createProjectMethod } from './project-method.js';
import { createPropose } from './propose/index.js';
import { createRecordEpoch } from './record-epoch.js';
import { createRebase } from './rebase.js';
import { createResearchCost, type ResearchCostDeps } from './research-cost.js';
import { createSelfTest } from './self-test.js';
import { createSettle } from './settle.js';
import { createSteer } from './steer/steer.js';
import { createOpenTransfer } from './transfer/open-transfer.js';
import { createRecordTransfer } from './transfer/record-transfer.js';
import { createTransplant } from './transplant.js';
import { createStewardClient } from './steward-client/steward-client.js';
import type { StewardPort } from './steward-client/steward-port.js';

/** A worker that dies in the middle is noticed by its silence, long before the activity's own time-out. */
const alive =
  <A, R>(activity: (argument: A) => Promise<R>) =>
  (argument: A): Promise<R> =>
    keepAlive(
      () => null,
      () => activity(argument),
    );

/** The activities of the control worker over what they need. */
export const createControlActivities = (
  given: Deps & ResearchCostDeps & FleetDeps & { steward: StewardPort },
): ControlActivities & StewardClientActivities => {
  const deps = {
    ...given,
    checkMechanism: rememberChecks((check, signal) => given.checkMechanism(check, signal)),
  };
  return {
    openLoop: alive(createOpenLoop(deps)),
    steer: alive(createSteer(deps)),
    propose: createPropose(deps),
    converse: alive(createConverse(deps)),
    examine: alive(createExamine(deps)),
    rebase: alive(createRebase(deps)),
    compose: alive(createCompose(deps)),
    evaluatorChanges: alive(createEvaluatorChanges()),
    environmentChanges: alive(createEnvironmentChanges(deps)),
    livingClasses: alive(createLivingClasses(deps)),
    awaitDevice: alive(createAwaitDevice(deps)),
    selfTest: alive(createSelfTest()),
    inspectData: alive(createInspectData(deps)),
    plant: alive(createPlant(deps)),
    transplant: alive(createTransplant(deps)),
    projectMethod: alive(createProjectMethod(deps)),
    researchCost: alive(createResearchCost(deps)),
    recordEpoch: alive(createRecordEpoch(deps)),
    openTransfer: alive(createOpenTransfer(deps)),
    recordTransfer: alive(createRecordTransfer(deps)),
    settle: alive(createSettle(deps)),
    ...createStewardClient(deps),
  };
};
