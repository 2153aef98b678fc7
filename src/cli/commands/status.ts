import { WorkflowNotFoundError } from '@temporalio/client';
import type { RunProgress } from '../../contract/run-schema.js';
import { UserError } from '../../contract/user-error.js';
import { isAblation } from '../../domain/research/child-names.js';
import { statusText } from '../../report/terminal/status-text.js';
import { ablationStatus } from '../ablation/ablation-status.js';
import { branchNoticesOf } from '../branch-notice.js';
import { defineCommand } from '../command.js';
import { settingsOf, withEngine, type Engine } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { findLoopOrAblation } from '../find-loop.js';
import { JSON_FLAG } from '../json-flag.js';
import { hasEnded } from '../liveness/has-ended.js';
import { missingControl, missingDevice, type MissingWorker } from '../liveness/missing-worker.js';
import { stuckActivities } from '../liveness/stuck-activities.js';
import { LOOP } from '../loop-argument.js';
import { asEnded } from '../phase-now.js';
import { uiAddress } from '../places.js';
import { readStatus } from '../read-status.js';
import { Unreachable } from '../unreachable.js';
import { runsOnDevices, withRuns } from '../liveness/runs-on-devices.js';

interface Look {
  hasEnded: boolean;
  /** the worker that the loop can't go on without */
  missing: MissingWorker | null;
  notices: string[];
  runs: RunProgress[];
}

/** What stands in the way of a loop that has not ended; one that the server forgot has. */
const look = async (engine: Engine, loop: string): Promise<Look> => {
  const described = await engine.client.workflow
    .getHandle(loop)
    .describe()
    .catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    });
  if (described === null || hasEnded(described))
    return { hasEnded: true, missing: null, notices: [], runs: [] };
  const missing = (await missingControl(engine)) ?? (await missingDevice(engine, described));
  const waits = missing === null ? [] : [`${missing.text}. ${missing.fix}`];
  const notices = [...waits, ...stuckActivities(described), ...(await branchNoticesOf(described.memo))];
  return { hasEnded: false, missing, notices, runs: runsOnDevices(described) };
};

const unknown = (loop: string, missing: MissingWorker | null): UserError =>
  missing === null
    ? new UserError('it does not answer and has no record yet', loop, '`autolift doctor` says what is wrong.')
    : new Unreachable(`it has no record yet: ${missing.text}`, loop, missing.fix);

export const status = defineCommand({
  name: 'status',
  description: 'What a loop is doing: score, spent, left, running, waiting for approval',
  args: { loop: LOOP, json: JSON_FLAG },
  examples: [
    ['autolift status', 'the loop that runs, else the latest'],
    ['autolift status sine/nov21 --json', 'for a program'],
    ['autolift status ablation/outer-1a2b3c4d', 'how far an ablation is'],
  ],
  notes: ['`autolift watch` shows the same live.'],
  run: async ({ loop: wanted, json }, terminal) => {
    const settings = settingsOf(terminal);
    return withEngine(settings, async (engine) => {
      const loop = await findLoopOrAblation(engine, wanted);
      if (isAblation(loop)) return await ablationStatus(engine, loop, { json: json === true, terminal });
      const { hasEnded: isOver, missing, notices, runs } = await look(engine, loop);
      const said = await readStatus(engine, loop);
      if (said === null) throw unknown(loop, missing);
      const found = isOver ? asEnded(said) : withRuns(said, runs);
      const ui = uiAddress(settings, loop);
      if (json) terminal.out(JSON.stringify({ ...found, ui, missing, notices }, null, 2));
      else {
        terminal.out(`${statusText(found, terminal.columns)}${ui === null ? '' : `\n  history   ${ui}`}`);
        for (const text of notices) terminal.out(`  ! ${text}`);
      }
      return EXIT.ok;
    });
  },
});
