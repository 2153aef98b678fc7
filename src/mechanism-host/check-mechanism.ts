import type { Finding, Gate, GateReport } from '../contract/gates.js';
import type { HostedMechanism, MechanismCheck } from '../contract/mechanism-run.js';
import { staticFinding } from '../domain/gates/allowlist.js';
import { determinismFinding } from '../domain/gates/determinism.js';
import { type DryRun, dryRunFinding } from '../domain/gates/dry-run.js';
import { findingOf } from '../domain/gates/finding.js';
import {
  type Conduct,
  conductOf,
  copyFinding,
  distanceToIdentity,
  inertFinding,
} from '../domain/gates/liveness.js';
import { longLoops } from '../domain/gates/long-loops.js';
import type { Trace } from '../domain/gates/loop-so-far.js';
import { Broke } from '../domain/gates/play.js';
import { propertyFinding } from '../domain/gates/properties.js';
import { CHECK_FUEL, metered } from './metered.js';
import type { Open } from './run-mechanism.js';

export interface CheckWith {
  open: Open;
  traces: readonly Trace[];
  /** absent: G7 isn't asked, and the report doesn't name it */
  dryRun?: DryRun;
  /** units for all calls of a source together */
  fuel?: number;
}

/** What is known when a gate has looked; a gate that finds something is the last one. */
class Gates {
  readonly passed: Gate[] = [];
  finding: Finding | null = null;
  mechanism: HostedMechanism | null = null;
  fuel = 0;
  distance: number | null = null;

  /** True: the next gate may look. */
  ask(gates: readonly Gate[], finding: Finding | null): boolean {
    this.finding = finding;
    if (finding === null) this.passed.push(...gates);
    else this.passed.push(...gates.slice(0, Math.max(0, gates.indexOf(finding.gate))));
    return finding === null;
  }

  report(): GateReport {
    const { finding, passed, mechanism, fuel, distance } = this;
    return { finding, passed, meta: mechanism?.meta ?? null, fuel, distance };
  }
}

const opened = async (source: string, { open }: CheckWith): Promise<HostedMechanism | Finding> => {
  const called = await open(source);
  return called.ok ? called.value : findingOf(called.fault);
};

const conductIn = async (source: string, tools: CheckWith): Promise<Conduct | Finding> => {
  const mechanism = await opened(source, tools);
  if ('gate' in mechanism) return mechanism;
  try {
    return conductOf(mechanism, tools.traces);
  } catch (error) {
    if (!(error instanceof Broke)) throw error;
    return findingOf(error.fault, error.at);
  } finally {
    mechanism.dispose();
  }
};

/** An incumbent that breaks is nobody's original. */
const incumbentIn = async ({ incumbent }: MechanismCheck, tools: CheckWith): Promise<Conduct | null> => {
  const found = incumbent === undefined ? null : await conductIn(incumbent, tools);
  return found === null || 'gate' in found ? null : found;
};

const askLiveness = async (gates: Gates, check: MechanismCheck, tools: CheckWith): Promise<boolean> => {
  const own = await conductIn(check.source, tools);
  if ('gate' in own) return gates.ask(['G6'], own);
  gates.distance = distanceToIdentity(own);
  const finding = inertFinding(own) ?? copyFinding(own, await incumbentIn(check, tools));
  if (finding === null) return gates.ask(['G6'], null);
  // what it has of its own may wait for a moment that the recorded loops don't come to
  const long = { ...tools, traces: longLoops() };
  const late = await conductIn(check.source, long);
  if ('gate' in late) return gates.ask(['G6'], late);
  const still = inertFinding(late) ?? copyFinding(late, await incumbentIn(check, long));
  if (still === null) gates.distance = distanceToIdentity(late);
  return gates.ask(['G6'], still?.verdict === 'inert' ? finding : still);
};

const askDryRun = async (gates: Gates, source: string, tools: CheckWith): Promise<boolean> => {
  if (tools.dryRun === undefined) return true;
  const mechanism = await opened(source, tools);
  if ('gate' in mechanism) return gates.ask(['G7'], mechanism);
  const finding = dryRunFinding(mechanism, tools.dryRun);
  mechanism.dispose();
  return gates.ask(['G7'], finding);
};

/** Gates G0 to G7 over a source, in the order of their cost; the first that finds something ends it. G8 needs a real loop. */
export const checkMechanism = async (check: MechanismCheck, given: CheckWith): Promise<GateReport> => {
  const { source } = check;
  const tools = { ...given, open: metered(given.open, given.fuel ?? CHECK_FUEL) };
  const gates = new Gates();
  if (!gates.ask(['G0'], staticFinding(source))) return gates.report();
  const first = await opened(source, tools);
  if ('gate' in first) {
    gates.ask(['G1', 'G2'], first);
    return gates.report();
  }
  gates.mechanism = first;
  gates.ask(['G1', 'G2'], null);
  const { finding, fuel } = propertyFinding(first);
  gates.fuel = fuel;
  if (!gates.ask(['G3'], finding)) return gates.report();
  const [one, other] = [await opened(source, tools), await opened(source, tools)];
  if ('gate' in one || 'gate' in other) throw new Error('a source that was loaded could not be loaded again');
  if (!gates.ask(['G4', 'G5'], determinismFinding(one, other))) return gates.report();
  if (await askLiveness(gates, check, tools)) await askDryRun(gates, source, tools);
  return gates.report();
};
