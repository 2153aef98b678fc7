import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HoldoutQuery } from '../../src/contract/steward.js';
import { repositoryWith } from './engine.js';

/** A word that is in the vault and must be nowhere else. */
export const CANARY = 'canary-5f0c2d9be1a7';

const GENERATE = `import os, random
rng = random.Random(int(os.environ["AUTOLIFT_SEED"]))
xs = [rng.uniform(-1, 1) for _ in range(5)]
open(os.path.join(os.environ["AUTOLIFT_INPUTS"], "x.txt"), "w").write(" ".join(map(str, xs)))
open(os.path.join(os.environ["AUTOLIFT_TRUTH"], "y.txt"), "w").write("${CANARY} " + str(sum(xs)))
`;

const SCORE = `import os, sys
print("${CANARY} loads", file=sys.stderr)
truth = float(open(os.path.join(os.environ["AUTOLIFT_TRUTH"], "y.txt")).read().split()[1])
guess = float(open(os.path.join(os.environ["AUTOLIFT_CANDIDATE"], "answer.txt")).read())
print("${CANARY} METRIC:other=1")
print(f"METRIC:loss={abs(guess - truth)}")
`;

const manifest = (more: Record<string, unknown>): string =>
  JSON.stringify({
    name: 'toy',
    version: '1',
    task: 'toy',
    kind: 'generator',
    generate: 'python3 generate.py',
    score: 'python3 score.py',
    candidate: 'python3 solve.py',
    metric: { name: 'loss', direction: 'minimize' },
    eps: 0.01,
    pairs: { least: 5, most: 12 },
    tail: 'open',
    timeout: '20s',
    memory: '4GiB',
    answerAfter: '60s',
    ...more,
  });

/** A folder as a steward's user would make it; the manifest is YAML, of which JSON is a part. */
export const writeVault = (root: string, more: Record<string, unknown> = {}): string => {
  const folder = join(root, 'vaults', (more['name'] as string | undefined) ?? 'toy');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'vault.yaml'), manifest(more));
  writeFileSync(join(folder, 'generate.py'), GENERATE);
  writeFileSync(join(folder, 'score.py'), SCORE);
  writeFileSync(join(folder, 'secret.txt'), CANARY);
  for (const one of [root, join(root, 'vaults'), folder]) chmodSync(one, 0o700);
  return folder;
};

/** The same with three instances instead of a generator. */
export const writeSuite = (root: string, more: Record<string, unknown> = {}): string => {
  const folder = writeVault(root, {
    kind: 'suite',
    generate: undefined,
    pairs: undefined,
    tail: undefined,
    ...more,
  });
  for (const [index, xs] of [
    [0.5, 0.25],
    [1, 2],
    [-1, 0.75],
    [0.1, 0.2],
  ].entries()) {
    const files = {
      'inputs/x.txt': xs.join(' '),
      'truth/y.txt': `${CANARY} ${String((xs[0] ?? 0) + (xs[1] ?? 0))}`,
    };
    for (const [name, text] of Object.entries(files)) {
      const file = join(folder, 'instances', String(index), name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  return folder;
};

/** A solver that is off by so much, and a little more by its own randomness. */
export const solver = (off: number, before = ''): string => `import os, random
${before}
rng = random.Random(int(os.environ["AUTOLIFT_SEED"]))
xs = map(float, open(os.path.join(os.environ["AUTOLIFT_INPUTS"], "x.txt")).read().split())
open("answer.txt", "w").write(str(sum(xs) + ${String(off)} + rng.uniform(0, 0.05)))
`;

export interface ToyRepository {
  folder: string;
  /** commits a solver, under a message; its hash */
  commit(source: string, more?: Record<string, string>, message?: string): string;
}

export const toyRepository = (): ToyRepository => {
  const folder = repositoryWith({ 'solve.py': solver(0.5) });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      encoding: 'utf8',
    });
  return {
    folder,
    commit: (source, more = {}, message = 'candidate') => {
      for (const [name, text] of Object.entries({ 'solve.py': source, ...more }))
        writeFileSync(join(folder, name), text);
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD').trim();
    },
  };
};

export const toyQuery = (more: Partial<HoldoutQuery>): HoldoutQuery => ({
  v: 1,
  loop: 'toy/test',
  experiment: 1,
  kind: 'keep',
  task: 'toy',
  vault: 'toy',
  command: 'python3 score.py',
  repository: '',
  prefix: '',
  candidate: '0'.repeat(40),
  incumbent: '0'.repeat(40),
  claimed: null,
  ...more,
});
