import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import type { AblationProgress, AblationResult } from '../../contract/ablation.js';
import { QUERIES } from '../../contract/names.js';
import { UserError } from '../../contract/user-error.js';
import { cellLine, searchLine } from '../../report/ablation/progress-lines.js';
import { hasEnded } from '../liveness/has-ended.js';
import type { Terminal } from '../terminal.js';
import type { AblationHandle } from './join-ablation.js';

const EVERY_MS = 1500;
/** Looks without an answer before a person is told. */
const PATIENCE = 4;

/** Searches take long: a person is told that one runs, and where to look. */
const isSearch = (loop: string): boolean => loop.includes('/search-');

/** Says what is new since the last look. */
const teller = (terminal: Terminal, names: readonly string[]) => {
  let [cells, searches] = [-1, 0];
  const told = new Set<string>();
  let paused: string | undefined;
  let stopping: string | undefined;
  return (progress: AblationProgress): void => {
    for (const loop of progress.running.filter((one) => isSearch(one) && !told.has(one))) {
      told.add(loop);
      terminal.err(`  searches for a method: \`autolift status ${loop}\``);
    }
    if (progress.paused !== paused)
      terminal.err(progress.paused === undefined ? '  goes on' : `  paused ${progress.paused}`);
    paused = progress.paused;
    if (progress.stopping !== undefined && progress.stopping !== stopping)
      terminal.err(`  stops: ${progress.stopping}; no loop is begun any more`);
    stopping = progress.stopping;
    // what ended before this command looked is only counted
    if (cells < 0 && progress.cells.length > 0)
      terminal.err(`  ${String(progress.cells.length)} of ${String(progress.planned)} loops have ended`);
    if (cells < 0) [cells, searches] = [progress.cells.length, progress.searches.length];
    for (const search of progress.searches.slice(searches)) terminal.err(`  ${searchLine(search)}`);
    for (const [index, cell] of progress.cells.slice(cells).entries())
      terminal.err(
        `  ${String(cells + index + 1)}/${String(progress.planned)}  ${cellLine(cell, names[cell.task] ?? '')}`,
      );
    [cells, searches] = [progress.cells.length, progress.searches.length];
  };
};

const resultOf = async (handle: AblationHandle): Promise<AblationResult> => {
  try {
    return await handle.result();
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const said = error.cause?.message ?? error.message;
    throw new UserError(`it ended: ${said}`, handle.workflowId, 'The same command goes on where it was.');
  }
};

/** Waits for an ablation's end, whatever is restarted meanwhile; null if a person left it with Ctrl-C. */
export const followAblation = async (
  handle: AblationHandle,
  { terminal, names }: { terminal: Terminal; names: readonly string[] },
): Promise<AblationResult | null> => {
  const left = new AbortController();
  const giveBack = terminal.onInterrupt(() => {
    left.abort();
  });
  const tell = teller(terminal, names);
  let silent = 0;
  try {
    while (!left.signal.aborted) {
      const ended = await handle
        .describe()
        .then(hasEnded)
        .catch(() => null);
      if (ended === true) return await resultOf(handle);
      const progress = await handle.query<AblationProgress>(QUERIES.ablationProgress).catch(() => null);
      silent = progress === null ? silent + 1 : 0;
      if (silent === PATIENCE)
        terminal.err('  ! the engine does not answer; still trying, the ablation loses nothing');
      if (progress !== null) tell(progress);
      await sleep(EVERY_MS, undefined, { signal: left.signal }).catch(() => undefined);
    }
    return null;
  } finally {
    giveBack();
  }
};
