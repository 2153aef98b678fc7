import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface SampleTask {
  folder: string;
  write(files: Record<string, string>): void;
  git(...args: string[]): string;
  commit(): string;
  remove(): void;
}

const IDENTITY = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false'];

/** A folder with files; the repository comes with the first `git`. */
export const sampleTask = (files: Record<string, string> = {}): SampleTask => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'autolift-cli-')));
  const git = (...args: string[]): string =>
    execFileSync('git', [...IDENTITY, ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const write = (more: Record<string, string>): void => {
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  };
  write(files);
  return {
    folder,
    write,
    git,
    commit: () => {
      git('init', '-q', '-b', 'main');
      git('add', '-A');
      git('commit', '-q', '-m', 'start');
      return git('rev-parse', 'HEAD').trim();
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

export const SINE = {
  'task.yaml': `name: sine
editable: [train.py]
run: { command: python3 train.py }
measure: { command: python3 evaluate.py, metric: { name: mse, direction: minimize } }
`,
  'train.py': 'A = 1\n',
  'evaluate.py': 'print("METRIC:mse=1")\n',
};
