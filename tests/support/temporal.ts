import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime, type WorkflowBundle } from '@temporalio/worker';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { defineSearchAttributeKey, type SearchAttributeType } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '../../src/contract/names.js';

/** The Temporal CLI that `npm test` has put in place. */
export const temporalCli = (): string => {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const cached = join(cache, 'autolift', 'temporal-1.5.1', 'temporal');
  if (existsSync(cached)) return cached;
  return execFileSync('sh', ['-c', 'command -v temporal'], { encoding: 'utf8' }).trim();
};

Runtime.install({ logger: new DefaultLogger('ERROR') });

const TYPES: Record<string, SearchAttributeType> = { Keyword: 'KEYWORD', Int: 'INT', Double: 'DOUBLE' };

/** A throw-away server with the flags that the engine's own server has. */
export const startTemporal = (): Promise<TestWorkflowEnvironment> =>
  TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: temporalCli() },
      searchAttributes: Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) =>
        defineSearchAttributeKey(name, TYPES[type] ?? 'KEYWORD'),
      ),
      extraArgs: [
        '--dynamic-config-value',
        'history.transferProcessorMaxPollRPS=200',
        '--dynamic-config-value',
        'history.timerProcessorMaxPollRPS=200',
      ],
    },
  });

let bundle: Promise<WorkflowBundle> | undefined;

export const workflowBundle = (): Promise<WorkflowBundle> =>
  (bundle ??= bundleWorkflowCode({
    workflowsPath: new URL('../../src/workflows/index.ts', import.meta.url).pathname,
    logger: { ...console, log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error },
  }));
