import type { Client } from '@temporalio/client';
import { ABLATION, RESEARCH_LOOP } from '../contract/names.js';
import { UserError } from '../contract/user-error.js';
import { isAblation, parentOf } from '../domain/research/child-names.js';
import type { Engine } from './engine.js';
import { didYouMean } from '../contract/nearest.js';

const runningOf = async (client: Client, type: string): Promise<string[]> => {
  const found: { id: string; at: number }[] = [];
  const query = `WorkflowType = '${type}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId, startTime } of client.workflow.list({ query }))
    if (parentOf(workflowId) === null) found.push({ id: workflowId, at: startTime.getTime() });
  return found.sort((a, b) => b.at - a.at).map(({ id }) => id);
};

/** Loops that people started and that run now, newest first; those below them are theirs to command. */
export const runningLoops = async (client: Client): Promise<string[]> => runningOf(client, RESEARCH_LOOP);

/** Matches a whole id, or its task or tag where only one loop has it. */
export const matchLoop = (wanted: string, known: readonly string[]): string => {
  if (known.includes(wanted)) return wanted;
  const partly = known.filter((id) => id.split('/').includes(wanted));
  const [only] = partly;
  if (only !== undefined && partly.length === 1) return only;
  throw new UserError(
    partly.length > 1
      ? `"${wanted}" is more than one loop: ${partly.slice(0, 5).join(', ')}`
      : `there is no loop "${wanted}"${didYouMean(wanted, known)}`,
    'LOOP',
    '`autolift loops` lists them.',
  );
};

/** The loop that a command is about: as named, else the only running one, else the latest. */
export const findLoop = async (
  { client, ledger }: Pick<Engine, 'client' | 'ledger'>,
  wanted: string | undefined,
  ablations: readonly string[] = [],
): Promise<string> => {
  const all = (await ledger.loops()).map(({ loop }) => loop).toReversed();
  const known = all.filter((loop) => parentOf(loop) === null);
  const running = [...(await runningLoops(client)), ...ablations];
  if (wanted !== undefined && all.includes(wanted)) return wanted;
  if (wanted !== undefined && wanted !== '') return matchLoop(wanted, [...new Set([...running, ...known])]);
  if (running.length > 1)
    throw new UserError(
      `${String(running.length)} loops run: ${running.join(', ')}`,
      'LOOP',
      'Name one of them.',
    );
  const loop = running[0] ?? known[0];
  if (loop !== undefined) return loop;
  throw new UserError('there is no loop yet', 'LOOP', 'Start one with `autolift run <folder>`.');
};

/** The same for commands that an ablation takes as well: one that has ended is known by its whole id. */
export const findLoopOrAblation = async (
  engine: Pick<Engine, 'client' | 'ledger'>,
  wanted: string | undefined,
): Promise<string> => {
  if (wanted !== undefined && isAblation(wanted)) return wanted;
  return await findLoop(engine, wanted, await runningOf(engine.client, ABLATION));
};
