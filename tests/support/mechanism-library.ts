import { readdirSync, readFileSync } from 'node:fs';
import type { Mechanism } from '../../src/contract/mechanism.js';

const folder = new URL('../../mechanisms/', import.meta.url);

export type Loaded = Mechanism & { source: string };

/** A module from its text: our own, so no sandbox. */
export const loadSource = async (source: string): Promise<Loaded> => {
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  return { ...((await import(url)) as Mechanism), source };
};

export const LIBRARY: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.replace(/\.js$/, ''));

export const sourceOf = (name: string): string => readFileSync(new URL(`${name}.js`, folder), 'utf8');

export const load = (name: string): Promise<Loaded> => loadSource(sourceOf(name));
