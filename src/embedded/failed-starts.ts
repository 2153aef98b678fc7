import type { EngineState, ServiceState } from './engine-state.js';

/** One that dies for a passing reason is well after a few starts. */
const MANY = 4;

export interface FailedStart {
  name: string;
  state: ServiceState;
  /** it died so often that another start won't help */
  hopeless: boolean;
}

/** Services that are dead after a start that was made since `before`; what earlier starts came to says nothing. */
export function failedStarts(state: EngineState, before: EngineState | null): FailedStart[] {
  const same = JSON.stringify(before?.keeper) === JSON.stringify(state.keeper);
  return Object.entries(state.services).flatMap(([name, service]) => {
    const { pid, healthy, restarts, failures } = service;
    const earlier = same ? (before?.services[name]?.restarts ?? -1) : -1;
    if (pid !== 0 || healthy || failures === 0 || restarts <= earlier) return [];
    return [{ name, state: service, hopeless: failures >= MANY }];
  });
}
