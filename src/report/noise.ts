import type { LoopRecord } from '../contract/ledger.js';
import type { Noise } from '../contract/loop.js';
import { ownRows } from '../domain/device/row-classes.js';
import type { Evidence } from '../domain/acceptance/rule.js';
import { standardDeviation } from '../domain/statistics.js';

/** Spread of the unchanged artifact's repeats, or as it was measured anew; null where there was one run or none. */
export function measuredNoise(record: LoopRecord): Noise | null {
  const experiments = ownRows(record.experiments);
  const anew = experiments.flatMap(({ verdict }) => {
    const { anew: noise, promotion } = (verdict?.evidence ?? {}) as Partial<Evidence> & {
      promotion?: unknown;
    };
    if (noise === undefined) return [];
    return promotion === undefined ? [noise] : [{ ...noise, from: 'pairs' as const }];
  });
  const baseline = experiments.find(({ experiment }) => experiment === 0);
  const values = (baseline?.measurements ?? []).flatMap(({ role, status, value }) =>
    role === 'baseline' && status === 'ok' && value !== null && Number.isFinite(value) ? [value] : [],
  );
  const first = values.length < 2 ? null : { sigma: standardDeviation(values), n: values.length };
  return anew.at(-1) ?? first;
}
