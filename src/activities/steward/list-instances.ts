import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Instance } from './measure-one.js';

/** Instances of a finite suite: a folder each, numbered in the order of their names. */
export const listInstances = async ({
  vault,
  folder,
  scratch,
}: Pick<Bench, 'vault' | 'folder' | 'scratch'>): Promise<Instance[]> => {
  if (vault.kind === 'generator') return [];
  const all = join(folder, vault.instances);
  const names = (await readdir(all)).toSorted();
  const none = join(scratch, 'none');
  await mkdir(none, { recursive: true });
  const part = (name: string, what: string): string =>
    existsSync(join(all, name, what)) ? join(all, name, what) : none;
  return names.map((name, seed) => ({ seed, inputs: part(name, 'inputs'), truth: part(name, 'truth') }));
};
