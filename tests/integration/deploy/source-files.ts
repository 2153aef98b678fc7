import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ROOT } from './compose-file.js';

/** Files of the repository, as git has them or would take them. */
export const trackedFiles = (): string[] =>
  execFileSync('git', ['-C', ROOT, 'ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter(Boolean);

/** Source files of our processes that mention a name. */
export const sourcesNaming = (name: string): string[] =>
  trackedFiles()
    .filter((file) => /^(src\/.*\.ts|python-gpu-activity\/autolift_device\/.*\.py)$/.test(file))
    .filter((file) => readFileSync(ROOT + file, 'utf8').includes(name));
