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

/** One text of a file of `src`, and what stands there instead. */
export interface Dropped {
  file: string;
  from: string;
  to: string;
}

const bundled = (dropped?: Dropped): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    workflowsPath: new URL('../../src/workflows/index.ts', import.meta.url).pathname,
    logger: { ...console, log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error },
    webpackConfigHook: (config) => {
      if (dropped === undefined) return config;
      const { file, from, to } = dropped;
      const loader = new URL('./drop-guard-loader.cjs', import.meta.url).pathname;
      const include = new URL(`../../src/${file}`, import.meta.url).pathname;
      const rule = { include, enforce: 'pre' as const, use: [{ loader, options: { from, to } }] };
      return { ...config, module: { ...config.module, rules: [...(config.module?.rules ?? []), rule] } };
    },
  });

const bundles = new Map<string, Promise<WorkflowBundle>>();

/** The workflows as they are, or as they would be without one of their guards. */
export const workflowBundle = (dropped?: Dropped): Promise<WorkflowBundle> => {
  const key = JSON.stringify(dropped ?? null);
  const found = bundles.get(key) ?? bundled(dropped);
  bundles.set(key, found);
  return found;
};
