import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Context } from '@temporalio/activity';
import { NO_USAGE, type Proposal } from '../../../contract/proposal.js';
import type { Proposer } from '../../../contract/task-schema.js';
import { agentPrompt } from '../../../domain/proposers/prompt/prompt.js';
import { oneLine } from '../../../domain/proposers/prompt/untrusted.js';
import { random } from '../../../domain/random.js';
import type { Draft, Rejection } from '../draft.js';
import { gatherPrompt } from '../gather-prompt.js';
import { keepAlive } from '../../keep-alive.js';
import { cancelled, hopeless } from '../openai/explain-failure.js';
import type { Session } from '../session.js';
import { readChanges } from './read-changes.js';
import { readRegular } from './read-regular.js';
import { recordAgent } from './record-agent.js';
import { type AgentResult, runAgent } from './run-agent.js';
import { bubblewrap, hasBubblewrap, hiddenFolders } from './sandbox.js';
import { secretsOf } from './secrets.js';
import { vaultFolders } from './vault-folders.js';
import { writeWorktree } from './worktree.js';

type Agent = Extract<Proposer, { kind: 'command' }>;

const HISTORY_ROWS = 30;
const PATH = '/usr/local/bin:/usr/bin:/bin';
let warned = false;

interface Job {
  session: Session;
  agent: Agent;
  experiment: number;
}

/** Our own state, and vaults wherever they lie; looked for anew, as both are made after the worker has started. */
const stateOf = ({ home, env }: Session['deps']): string[] => {
  const named = env['AUTOLIFT_VAULTS'];
  const stewards = [join(home, 'steward'), ...(named ? [resolve(named)] : [])];
  return [home, ...stewards.flatMap(vaultFolders)];
};

/** The folders and files of one agent's run. */
interface Desk {
  work: string;
  home: string;
  out: string;
  prompt: string;
  idea: string;
  /** stays empty */
  blank: string;
}

const openDesk = async (): Promise<Desk & { scratch: string }> => {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'autolift-agent-')));
  const [work, home, out] = [join(scratch, 'work'), join(scratch, 'home'), join(scratch, 'out')];
  const blank = join(scratch, 'blank');
  await Promise.all([mkdir(home), mkdir(out), writeFile(blank, '')]);
  return { scratch, work, home, out, prompt: join(scratch, 'prompt.md'), idea: join(out, 'idea.txt'), blank };
};

const environment = ({ session, agent, experiment }: Job, desk: Desk): Record<string, string> => {
  const { env } = session.deps;
  const named = agent.env.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    PATH: env['PATH'] ?? PATH,
    HOME: desk.home,
    LANG: env['LANG'] ?? 'C.UTF-8',
    ...Object.fromEntries(named),
    AUTOLIFT_PROMPT_FILE: desk.prompt,
    AUTOLIFT_IDEA_FILE: desk.idea,
    AUTOLIFT_SEED: String(random('agent', session.request.task.seed, experiment).int(2 ** 31)),
  };
};

const run = async (job: Job, desk: Desk): Promise<AgentResult> => {
  const { session, agent } = job;
  const env = environment(job, desk);
  const { source } = session.request;
  const command = ['sh', '-c', agent.command];
  const sandboxed = await hasBubblewrap(env['PATH'] ?? PATH);
  if (!sandboxed && !warned) {
    warned = true;
    Context.current().log.warn('bubblewrap is missing: agent programs run without a sandbox');
  }
  const secrets = secretsOf({
    home: session.deps.env['HOME'] ?? homedir(),
    path: env['PATH'] ?? PATH,
    read: session.request.task.run.read,
  });
  const own = hiddenFolders(source.repository, source.taskFolder, stateOf(session.deps));
  const cell = {
    work: desk.work,
    writable: [desk.home, desk.out],
    readable: [...secrets.shown, desk.prompt],
    hidden: [...secrets.hidden, ...own],
    blank: desk.blank,
    network: agent.network,
  };
  const argv = sandboxed ? bubblewrap(cell, command) : command;
  const signal = Context.current().cancellationSignal;
  return await runAgent({ argv, cwd: desk.work, env, timeoutSeconds: agent.timeout, signal });
};

const lastLine = (text: string): string => oneLine(text.trimEnd().split('\n').at(-1) ?? '', 200);

const failureOf = (agent: Agent, { ended, exitCode, output }: AgentResult): Rejection | null => {
  const refused = (reason: string): Rejection => ({ idea: '', status: 'refused', reason });
  if (ended === 'cancelled') throw cancelled();
  if (ended === 'timeout') {
    return refused(`the agent program ran longer than ${String(agent.timeout)} s and was killed`);
  }
  if (exitCode === 0) return null;
  if (exitCode === 126 || exitCode === 127) {
    const fix =
      'give its full path; the repository and its folder are hidden from it, a copy is its current folder';
    throw hopeless('task.yaml: proposer.command', `cannot be run (${lastLine(output)})`, fix);
  }
  return refused(`the agent program ended with code ${String(exitCode)}: ${lastLine(output)}`);
};

const readIdea = async (desk: Desk, output: string): Promise<string> => {
  const written = await readRegular(desk.idea, 64 * 1024);
  const first = typeof written === 'string' ? '' : (written.toString().split('\n')[0] ?? '');
  const printed = output.split('\n').findLast((line) => /^\s*IDEA:/i.test(line)) ?? '';
  const [told, said] = [first, printed].map((line) => oneLine(line.replace(/^\s*IDEA:/i, ''), 300));
  return told || (said ?? '');
};

const ask = async (job: Job): Promise<Proposal | Rejection> => {
  const { session, agent, experiment } = job;
  const desk = await openDesk();
  try {
    const base = await writeWorktree(session, desk.work);
    const prompt = agentPrompt(await gatherPrompt(session, experiment, HISTORY_ROWS));
    await writeFile(desk.prompt, prompt);
    const started = performance.now();
    const result = await run(job, desk);
    await recordAgent(job, { prompt, result, milliseconds: performance.now() - started });
    const failure = failureOf(agent, result);
    if (failure !== null) return failure;
    const idea = await readIdea(desk, result.output);
    const edits = await readChanges(desk.work, base, session.request.task.maxFileSize);
    if (!Array.isArray(edits)) return { idea, status: 'refused', reason: edits.fault };
    const paths = edits.map(({ path }) => path).join(', ');
    return { idea: idea || oneLine(`change ${paths}`, 200), edits };
  } finally {
    // a folder that the agent has locked is no reason to lose its proposal
    await rm(desk.scratch, { recursive: true, force: true }).catch(() => undefined);
  }
};

/** Lets an agent program work in a sandboxed copy of the incumbent; what differs afterwards is its proposal. */
export const proposeByAgent = async (session: Session, agent: Agent, experiment: number): Promise<Draft> => {
  const result = await keepAlive(
    () => ({}),
    async () => await ask({ session, agent, experiment }),
  );
  return { experiment, proposer: 'command', usage: NO_USAGE, result };
};
