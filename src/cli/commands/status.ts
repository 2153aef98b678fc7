import { WorkflowNotFoundError } from '@temporalio/client';
import { UserError } from '../../contract/user-error.js';
import { statusText } from '../../report/terminal/status-text.js';
import { branchNoticesOf } from '../branch-notice.js';
import { defineCommand } from '../command.js';
import { settingsOf, withEngine, type Engine } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { findLoop } from '../find-loop.js';
import { JSON_FLAG } from '../json-flag.js';
import { hasEnded } from '../liveness/has-ended.js';
import { missingControl, missingDevice, type MissingWorker } from '../liveness/missing-worker.js';
import { LOOP } from '../loop-argument.js';
import { uiAddress } from '../places.js';
import { readStatus } from '../read-status.js';
import { Unreachable } from '../unreachable.js';

interface Look {
  /** the worker that the loop can't go on without */
  missing: MissingWorker | null;
  notices: string[];
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
  if (described === null || hasEnded(described)) return { missing: null, notices: [] };
  const missing = (await missingControl(engine)) ?? (await missingDevice(engine, described));
  const waits = missing === null ? [] : [`${missing.text}. ${missing.fix}`];
  return { missing, notices: [...waits, ...(await branchNoticesOf(described.memo))] };
};

const unknown = (loop: string, missing: MissingWorker | null): UserError =>
  missing === null
    ? new UserError('it does not answer and has no record yet', loop, '`autolift doctor` says what is wrong.')
    : new Unreachable(`it has no record yet: ${missing.text}`, loop, missing.fix);

export const status = defineCommand({
  name: 'status',
  description: 'What a loop is doing: best score, spent, left, running, waiting for approval',
  args: { loop: LOOP, json: JSON_FLAG },
  examples: [
    ['autolift status', 'the loop that runs, else the latest'],
    ['autolift status sine/nov21 --json', 'for a program'],
  ],
  notes: ['`autolift watch` shows the same live.'],
  run: async ({ loop: wanted, json }, terminal) => {
    const settings = settingsOf(terminal);
    return withEngine(settings, async (engine) => {
      const loop = await findLoop(engine, wanted);
      const { missing, notices } = await look(engine, loop);
      const found = await readStatus(engine, loop);
      if (found === null) throw unknown(loop, missing);
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
