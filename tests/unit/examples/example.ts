import { execFile } from 'node:child_process';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

export const EXAMPLES = join(import.meta.dirname, '../../../examples');

// each test starts Python, some of them often
vi.setConfig({ testTimeout: 120_000 });

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Example {
  /** the untouched task folder, the evaluator's place */
  base: string;
  /** a copy, the candidate's place */
  candidate: string;
  write(path: string, content: string): Promise<void>;
  run(script: string): Promise<Ended>;
  evaluate(): Promise<Ended>;
}

const python = (args: string[], cwd: string, env: Record<string, string>): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env } };
    execFile('python3', args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });

/** A candidate in a scratch folder beside the example itself, as the device worker sets them up. */
export const openExample = async (name: string, env: Record<string, string> = {}): Promise<Example> => {
  const base = join(EXAMPLES, name);
  const candidate = join(await mkdtemp(join(tmpdir(), `autolift-${name}-`)), 'candidate');
  await cp(base, candidate, { recursive: true });
  return {
    base,
    candidate,
    write: (path, content) => writeFile(join(candidate, path), content),
    run: (script) => python([script], candidate, { AUTOLIFT_SEED: '1', ...env }),
    evaluate: () => python(['evaluate.py'], base, { AUTOLIFT_SEED: '1', AUTOLIFT_CANDIDATE: candidate }),
  };
};

/** The value of a `METRIC:name=value` or `name: value` line. */
export const metric = (output: string, name: string): number => {
  const line = new RegExp(`^(?:METRIC:)?${name}\\s*[:=]\\s*(\\S+)`, 'm').exec(output);
  return Number(line?.[1] ?? Number.NaN);
};
