import { readdir, readFile } from 'node:fs/promises';
import type { MechanismMeta } from '../contract/mechanism-run.js';
import { openMechanism } from './open-mechanism.js';

export interface LibraryEntry {
  /** name of its file, without .js */
  file: string;
  meta: MechanismMeta;
  /** its first comment */
  what: string;
  source: string;
}

const FOLDER = new URL('../../mechanisms/', import.meta.url);

const firstComment = (source: string): string =>
  (/\/\*\*([^]*?)\*\//.exec(source)?.[1] ?? '')
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The mechanisms that come with autolift, by their names. */
export const readLibrary = async (): Promise<readonly LibraryEntry[]> => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.js')).sort();
  return Promise.all(
    names.map(async (name) => {
      const source = await readFile(new URL(name, FOLDER), 'utf8');
      const opened = await openMechanism(source);
      if (!opened.ok) throw new Error(`mechanisms/${name}: ${opened.fault.message}`);
      const { meta } = opened.value;
      opened.value.dispose();
      return { file: name.replace(/\.js$/, ''), meta, what: firstComment(source), source };
    }),
  );
};
