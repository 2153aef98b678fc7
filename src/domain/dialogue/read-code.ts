import type { Authored } from '../../contract/dialogue.js';
import { LIMITS } from '../mechanism/limits.js';
import { ideaOf } from './read-talk.js';

export type CodeReading = { status: 'ok'; authored: Authored } | { status: 'malformed'; problems: string[] };

interface Fence {
  language: string;
  content: string;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([\w-]*)[^\n]*\n([^]*?)^ {0,3}\1[ \t]*$/gm;
const LONGEST_PROCESS = 32 * 1024;

const fencesOf = (answer: string): Fence[] =>
  [...answer.matchAll(FENCE)].map(([, , language = '', content = '']) => ({
    language: language.toLowerCase(),
    content,
  }));

const isCode = ({ language, content }: Fence): boolean =>
  /^(?:js|javascript|mjs|ts|typescript)$/.test(language) ||
  (language === '' && /^export\s+(?:const|function)\s/m.test(content));

const isSettings = ({ language }: Fence): boolean => language === 'yaml' || language === 'yml';

const one = (found: readonly Fence[], what: string): string[] =>
  found.length === 1 ? [] : [`it has ${String(found.length)} blocks of ${what} and needs one`];

/** The mechanism and, where it is given, the whole process.yaml of an answer. */
export const readCode = (answer: string, specification: string): CodeReading => {
  const fences = fencesOf(answer);
  const code = fences.filter(isCode);
  const settings = fences.filter(isSettings);
  const problems = [
    ...one(code, 'JavaScript (```js … ```)'),
    ...(settings.length > 1 ? one(settings, 'YAML') : []),
  ];
  const [source] = code;
  if (problems.length > 0 || source === undefined) return { status: 'malformed', problems };
  const process = settings[0]?.content ?? null;
  if (source.content.length > LIMITS.source || (process?.length ?? 0) > LONGEST_PROCESS)
    return { status: 'malformed', problems: ['it is too long: a mechanism is a page, not a library'] };
  const idea = ideaOf(answer) || ideaOf(specification) || 'a search mechanism';
  return { status: 'ok', authored: { idea, mechanism: source.content, process } };
};
