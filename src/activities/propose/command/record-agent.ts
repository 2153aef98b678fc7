import { Context } from '@temporalio/activity';
import type { Proposer } from '../../../contract/task-schema.js';
import type { Session } from '../session.js';
import type { AgentResult } from './run-agent.js';

interface Asked {
  session: Session;
  agent: Extract<Proposer, { kind: 'command' }>;
  experiment: number;
}

const programOf = (command: string): string => command.trim().split(/\s+/)[0]?.split('/').at(-1) ?? '';

/** Writes down what an agent program was told and what it printed, as is done of a model's call. Its tokens are its own. */
export const recordAgent = async (
  { session, agent, experiment }: Asked,
  { prompt, result, milliseconds }: { prompt: string; result: AgentResult; milliseconds: number },
): Promise<void> => {
  const { deps, request } = session;
  const { ended, exitCode, output } = result;
  const transcript = JSON.stringify({ command: agent.command, prompt, ended, exitCode, output }, null, 1);
  await deps.ledger.recordModelCall({
    key: `${request.loop}/${String(experiment)}/${String(Context.current().info.attempt)}/agent`,
    loop: request.loop,
    experiment,
    model: `command: ${programOf(agent.command)}`.slice(0, 100),
    status: ended === 'exited' && exitCode === 0 ? 'ok' : 'error',
    inputTokens: 0,
    cachedTokens: 0,
    outputTokens: 0,
    dollars: 0,
    milliseconds,
    transcript: await deps.blobs.put(transcript, 'application/json'),
  });
};
