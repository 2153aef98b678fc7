import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { onTestFinished } from 'vitest';
import type { Deps } from '../../../../src/activities/deps.js';
import { createPropose } from '../../../../src/activities/propose/index.js';
import type { ProposeRequest } from '../../../../src/contract/activities.js';
import type { ModelCallRow } from '../../../../src/contract/ledger.js';
import type { Prepared } from '../../../../src/contract/proposal.js';
import { NO_USAGE } from '../../../../src/contract/proposal.js';
import { taskSchema } from '../../../../src/contract/task-schema.js';
import { checkMechanism } from '../../../../src/mechanism-host/check-mechanism.js';
import { readLibrary } from '../../../../src/mechanism-host/library.js';
import { stuckTraces } from '../../../../src/mechanism-host/stuck-traces.js';
import { openMechanism } from '../../../../src/mechanism-host/open-mechanism.js';
import { runMechanism } from '../../../../src/mechanism-host/run-mechanism.js';
import { openRepository } from '../../../../src/storage/git/index.js';
import type { HistoryEntry } from '../../../../src/storage/ledger/index.js';

export const LOOP = 'demo/t1';

type Info = ConstructorParameters<typeof MockActivityEnvironment>[0];

/** An activity's environment that logs nothing. */
export const quiet = (info?: Info): MockActivityEnvironment => {
  const silent = (): void => undefined;
  const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
  return new MockActivityEnvironment(info, { logger });
};

export interface Workbench {
  folder: string;
  deps: Deps;
  calls: ModelCallRow[];
  transcripts: string[];
  history: HistoryEntry[];
  git(...args: string[]): string;
  request(task: Record<string, unknown>, rest?: Partial<ProposeRequest>): ProposeRequest;
  propose(request: ProposeRequest, environment?: MockActivityEnvironment): Promise<Prepared[]>;
  /** a file of a commit, null if it isn't there */
  show(commit: string, path: string): string | null;
}

const IDENTITY = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];

export const entry = (row: Partial<HistoryEntry> & { experiment: number }): HistoryEntry => ({
  loop: LOOP,
  outcome: 'discard',
  reason: '',
  proposer: 'openai',
  idea: '',
  base: '',
  baseKind: 'current',
  against: 0,
  commit: null,
  tree: null,
  branchCommit: null,
  value: null,
  verdict: null,
  deviceClass: 'cpu',
  usage: NO_USAGE,
  duplicateOf: null,
  proposedAt: 0,
  settledAt: 0,
  tail: '',
  ...row,
});

const writeAll = (folder: string, files: Record<string, string>): void => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
};

const fakeLedger = (history: HistoryEntry[], calls: ModelCallRow[]): Deps['ledger'] => ({
  openLoop: async () => {},
  append: async () => {},
  history: async (_, { limit, tailsOf }) =>
    history.slice(-limit).map((one) => (tailsOf.includes(one.outcome) ? one : { ...one, tail: '' })),
  findByTree: async (_, trees) =>
    new Map(
      history.flatMap(({ tree, experiment }) => (tree && trees.includes(tree) ? [[tree, experiment]] : [])),
    ),
  recordEpoch: () => Promise.resolve(),
  recordTransfer: () => Promise.resolve(),
  record: () => Promise.resolve(null),
  loops: () => Promise.resolve([]),
  findModelCall: (key) => Promise.resolve(calls.find((one) => one.key === key) ?? null),
  memory: { recall: () => Promise.resolve([]) },
  recordModelCall: async (row) => {
    if (!calls.some(({ key }) => key === row.key)) calls.push(row);
  },
});

/** A real repository with these files and everything that `propose` needs, gone after the test. */
export const workbench = (files: Record<string, string>, env: Deps['env'] = {}): Workbench => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'autolift-test-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const git = (...args: string[]): string =>
    execFileSync('git', [...IDENTITY, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('init', '-q');
  writeAll(folder, files);
  git('add', '-A');
  git('commit', '-q', '-m', 'start', '--date', '2025-01-01T00:00:00Z');
  const base = git('rev-parse', 'HEAD');
  const calls: ModelCallRow[] = [];
  const transcripts: string[] = [];
  const history: HistoryEntry[] = [];
  const deps: Deps = {
    ledger: fakeLedger(history, calls),
    blobs: {
      put: async (content, mediaType) => {
        transcripts.push(content.toString());
        // a hash would do as well: the number is what `get` looks for
        return { sha256: String(transcripts.length - 1).padStart(64, '0'), bytes: content.length, mediaType };
      },
      get: (sha256) => Promise.resolve(Buffer.from(transcripts[Number(sha256)] ?? '')),
    },
    runMechanism: async (step) => await runMechanism(step, openMechanism),
    // G7 takes seconds, and has tests of its own
    checkMechanism: async (check) =>
      await checkMechanism(check, { open: openMechanism, traces: await stuckTraces() }),
    readLibrary,
    openRepository,
    env,
    home: join(folder, '.autolift-home'),
    python: join(import.meta.dirname, '../../../../.venv/bin/python'),
  };
  const run = createPropose(deps);
  return {
    folder,
    deps,
    calls,
    transcripts,
    history,
    git,
    request: (task, rest) => ({
      loop: LOOP,
      task: taskSchema.parse({
        name: 'demo',
        editable: ['*.py', '*.yaml', '*.json'],
        run: { command: 'python3 train.py' },
        measure: { metric: { name: 'loss', direction: 'minimize' } },
        ...task,
      }),
      source: {
        repository: join(folder, '.git'),
        remote: join(folder, '.git'),
        prefix: '',
        taskFolder: folder,
        baseCommit: base,
        evaluatorCommit: base,
        evaluatorHash: null,
      },
      experiments: [1],
      base,
      hints: [],
      dollarsLeft: null,
      tokensLeft: null,
      ...rest,
    }),
    propose: async (request, environment = quiet()) =>
      await environment.run<[ProposeRequest], Prepared[], typeof run>(run, request),
    show: (commit, path) => {
      try {
        return git('show', `${commit}:${path}`);
      } catch {
        return null;
      }
    },
  };
};
