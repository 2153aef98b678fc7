import { ApplicationFailure } from '@temporalio/common';
import { onTestFinished } from 'vitest';
import { type Script, startModelServer } from '../../../support/model-server.js';
import { type Workbench, workbench } from './workbench.js';

export const KEY = 'sk-test-secret-0123456789';
export const TRAIN = 'LR = 0.1\nDEPTH = 6\n';
export const edit = (from: string, to: string, idea = 'a better rate'): string =>
  `IDEA: ${idea}\nFILE: train.py\n<<<<<<< SEARCH\n${from}\n=======\n${to}\n>>>>>>> REPLACE\n`;
export const GOOD: Script = { answer: edit('LR = 0.1', 'LR = 0.05') };

/** A workbench beside a server that answers by script. */
export const start = async (
  scripts: Parameters<typeof startModelServer>[0],
  files: Record<string, string> = { 'train.py': TRAIN },
) => {
  const server = await startModelServer(scripts);
  onTestFinished(server.close);
  const bench = workbench(files, {
    OPENAI_BASE_URL: server.baseUrl,
    OPENAI_API_KEY: KEY,
    AUTOLIFT_MODEL: 'toy',
  });
  return { server, bench };
};

export const openai = (options: Record<string, unknown> = {}) => ({
  proposer: { kind: 'openai', ...options },
});

/** The failure that a request ends with; no failure may show the key. */
export const failureOf = async (
  bench: Workbench,
  options: Record<string, unknown> = {},
  rest: Parameters<Workbench['request']>[1] = {},
): Promise<ApplicationFailure> => {
  const error: unknown = await bench
    .propose(bench.request(openai(options), rest))
    .catch((one: unknown) => one);
  if (!(error instanceof ApplicationFailure))
    throw new Error(`expected a failure, got ${JSON.stringify(error)}`);
  if (error.message.includes(KEY)) throw new Error('the failure shows the key');
  return error;
};
