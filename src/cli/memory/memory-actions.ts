import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../contract/user-error.js';
import { counted } from '../../domain/format.js';
import { fromElsewhere, MOST_FROM_ELSEWHERE } from '../../domain/memory/from-elsewhere.js';
import { searchWords } from '../../domain/memory/search-words.js';
import type { Memory, Wiped } from '../../storage/ledger/index.js';
import type { Terminal } from '../terminal.js';
import { writeWhole } from '../write-report.js';
import { lessonWords, ranked, sightingWords } from './memory-words.js';
import { memoryText, readMemory } from './portable-memory.js';

/** What was asked of the memory. */
export interface Asked {
  /** words, an id or a file; as the action has it */
  what: string | undefined;
  task: string | undefined;
  loop: string | undefined;
  all: boolean;
  yes: boolean;
  json: boolean;
}

export type MemoryAction = (memory: Memory, asked: Asked, terminal: Terminal) => Promise<void>;

const FOUND = 200;
const WHERE = 'autolift memory';

const needed = (given: string | undefined, what: string): string => {
  if (given !== undefined) return given;
  throw new UserError(`${what} is missing`, WHERE, '`autolift memory --help` shows examples.');
};

const search: MemoryAction = async (memory, { what, json }, terminal) => {
  const words = searchWords([needed(what, 'what to search for')]);
  const lessons = ranked(await memory.search(words, FOUND), Date.now());
  if (json) terminal.out(JSON.stringify(lessons, null, 2));
  else if (lessons.length === 0) terminal.out('No lesson has these words.');
  else terminal.out(lessons.map(lessonWords).join('\n'));
};

const show: MemoryAction = async (memory, { what, json }, terminal) => {
  const id = needed(what, 'the id of a lesson');
  const sightings = /^[0-9a-f]{4,12}$/.test(id) ? await memory.lessons(id) : [];
  const ids = new Set(sightings.map(({ lesson }) => lesson));
  if (ids.size !== 1)
    throw new UserError(
      ids.size === 0 ? `there is no lesson "${id}"` : `"${id}" begins the ids of ${String(ids.size)} lessons`,
      WHERE,
      '`autolift memory search WORDS` lists lessons with their ids.',
    );
  const [lesson] = ranked(
    sightings.map((one) => ({ ...one, relevance: 0 })),
    Date.now(),
  );
  if (lesson === undefined) return;
  if (json) terminal.out(JSON.stringify(lesson, null, 2));
  else terminal.out([lessonWords(lesson), ...lesson.sightings.map(sightingWords)].join('\n'));
};

const exported: MemoryAction = async (memory, { what }, terminal) => {
  const lessons = await memory.lessons('');
  if (what === undefined) {
    terminal.out(memoryText(lessons).trimEnd());
    return;
  }
  const file = path.resolve(terminal.cwd, what);
  await writeWhole(file, memoryText(lessons));
  terminal.err(`wrote ${file}`);
};

const imported: MemoryAction = async (memory, { what, json }, terminal) => {
  const file = path.resolve(terminal.cwd, needed(what, 'the file'));
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    const said = error instanceof Error ? error.message : String(error);
    throw new UserError(`can't be read: ${said}`, file, 'Name a file of `autolift memory export`.');
  });
  const told = readMemory(content, file);
  const now = Date.now();
  const sightings = told.map((one) => fromElsewhere(one, now));
  const large = told.filter(({ count }) => count > MOST_FROM_ELSEWHERE).length;
  const added = sightings.length === 0 ? 0 : await memory.add(sightings);
  if (large > 0)
    terminal.err(
      `  ! ${counted(large, 'row')} of more than ${String(MOST_FROM_ELSEWHERE)} experiments of one loop: told as ${String(MOST_FROM_ELSEWHERE)}`,
    );
  if (json) terminal.out(JSON.stringify({ read: sightings.length, added }));
  else terminal.out(`Read ${counted(sightings.length, 'row')}, ${String(added)} of them new or fuller.`);
};

const wiped = ({ task, loop, all }: Asked): Wiped => {
  const asked = [
    ...(task === undefined ? [] : [{ task }]),
    ...(loop === undefined ? [] : [{ loop }]),
    ...(all ? ['all' as const] : []),
  ];
  const [one, another] = asked;
  if (one !== undefined && another === undefined) return one;
  const which = one === undefined ? 'what to wipe is missing' : 'one of them at a time';
  throw new UserError(which, 'autolift memory wipe', 'Say --task NAME, --loop ID or --all.');
};

const wipe: MemoryAction = async (memory, asked, terminal) => {
  const what = wiped(asked);
  if (!asked.yes)
    throw new UserError(
      'lessons that are wiped are gone',
      'autolift memory wipe',
      'Say --yes too; `autolift memory export FILE` keeps a copy. The record of the loops stays in any case.',
    );
  const rows = await memory.wipe(what);
  terminal.out(asked.json ? JSON.stringify({ wiped: rows }) : `Wiped ${counted(rows, 'row')}.`);
};

export const MEMORY_ACTIONS: Readonly<Record<string, MemoryAction>> = {
  search,
  show,
  export: exported,
  import: imported,
  wipe,
};
