import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { statusFromLedger } from '../../../src/cli/read-status.js';
import type { LoopResult } from '../../../src/contract/loop.js';
import { headerSection } from '../../../src/report/html/header-section.js';
import { summarizeLoop } from '../../../src/report/loop-summary.js';
import { toJson } from '../../../src/report/export/to-json.js';
import { formatValue } from '../../../src/domain/format.js';
import { standingLine } from '../../../src/report/terminal/standing-line.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { recordOf } from '../../support/record-of.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { noisyEngine } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const round = (one: { value: number; n: number } | null) =>
  one === null ? null : { value: Number(one.value.toPrecision(12)), n: one.n };

test.each([
  ['confirm', { rule: 'confirm', n: 3 }],
  ['branch+promote', { rule: 'branch+promote', every: 4 }],
  ['race', { rule: 'race', arms: 4 }],
] as const)(
  'under %s the ledger and every view of it say what the loop itself believes',
  async (name, acceptance) => {
    // luck that never comes again: what is decided on it is measured beside others for long
    const engine = noisyEngine({ gain: (n) => (n === 3 ? 6 : -0.2), luck: () => 0.7, noise: 1 });
    const task = taskWith({ acceptance: { ...acceptance, falseKeeps: 1 }, budget: { experiments: 12 } });
    const input = loopInput(`toy/stands-${name.replace('+', '-')}`, task);
    const result: LoopResult = await withLoop(env, engine, input, (handle) => handle.result());
    const record = recordOf(engine, input);
    const summary = summarizeLoop(record);
    const { baseline, incumbent } = summary.standings;
    expect(incumbent?.experiment).toBe(result.incumbent?.experiment);
    expect(round(incumbent)).toEqual(round(result.incumbent));
    expect(round(baseline)).toEqual(round(result.baseline));
    const status = statusFromLedger(record);
    expect(round(status.incumbent)).toEqual(round(result.incumbent));
    const page = headerSection(summary, { openedAt: 0, links: [] });
    const exported = JSON.parse(toJson(record)) as { standings: typeof summary.standings };
    expect(round(exported.standings.incumbent)).toEqual(round(result.incumbent));
    for (const value of [result.incumbent?.value, result.baseline?.value]) {
      expect(page).toContain(formatValue(value ?? null));
      expect(standingLine(status)).toContain(formatValue(value ?? null));
    }
    if (name === 'confirm') expect(engine.rows[0]?.value).not.toBe(baseline?.value);
  },
);
