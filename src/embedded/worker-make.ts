import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../workers/package-root.js';
import type { Environment } from '../workers/environment.js';

/** What workers are made from: the build, and the variables that change what they do. */
export interface WorkerMake {
  build: string;
  /** digest of each value by name; values are secrets */
  variables: Record<string, string>;
}

const MATTERS = /^(OPENAI|ANTHROPIC|AUTOLIFT|TEMPORAL)_|_API_KEY$|^DATABASE_URL$/;
/** What a loop that asks no model has no use for. */
const MODEL = /^(OPENAI|ANTHROPIC)_|_API_KEY$|^AUTOLIFT_MODEL$/;
/** Set for every worker by whoever starts it: a caller who leaves it to its default means the same folder. */
const GIVEN = new Set(['AUTOLIFT_HOME', 'AUTOLIFT_READY_FILE']);

const matters = (name: string): boolean => MATTERS.test(name) && !GIVEN.has(name);

export function workerMake(environment: Environment): WorkerMake {
  const names = Object.keys(environment).filter((name) => matters(name) && environment[name]);
  const variables = names.sort().map((name) => [name, digest(`${name}=${environment[name] ?? ''}`)]);
  return { build: readBuild(), variables: Object.fromEntries(variables) };
}

export const makeDigest = (make: WorkerMake): string => digest(JSON.stringify(make));

/**
 * Whether running workers should give way to the caller's: another build or other values do, but a caller who
 * merely lacks a variable doesn't, or asking from a second terminal would take the key from a running loop.
 * A caller who uses no model leaves theirs alone.
 */
export function replaces(mine: WorkerMake, running: WorkerMake, models = true): boolean {
  if (Object.keys(running.variables).some((name) => mine.variables[name] === undefined)) return false;
  return (
    mine.build !== running.build || otherVariables(mine, running).some((name) => models || !MODEL.test(name))
  );
}

/** Names of the variables that are new or have another value. */
export const otherVariables = (mine: WorkerMake, running: WorkerMake): string[] =>
  Object.keys(mine.variables).filter((name) => mine.variables[name] !== running.variables[name]);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

function readBuild(): string {
  const file = join(PACKAGE_ROOT, 'dist', '.build-hash');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'none';
}
