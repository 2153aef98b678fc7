import type { Json } from '../../contract/json.js';
import type { Method } from '../../contract/method.js';
import { leavesOf } from '../../domain/lift/leaves.js';

const settingsOf = ({ agent, data, objective, process }: Method): Json =>
  JSON.parse(JSON.stringify({ agent, data, objective, process })) as Json;

const words = (value: unknown): string => (value === undefined ? 'not set' : JSON.stringify(value));

const lines = (text: string): string => `${String(text === '' ? 0 : text.split('\n').length)} lines`;

/** What differs between two methods, a line each; settings by their keys, texts by their length and name. */
export const methodDifferences = (before: Method, after: Method): string[] => {
  const [old, now] = [leavesOf(settingsOf(before)), leavesOf(settingsOf(after))];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const changed = keys
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]))
    .map((key) => `${key.slice(1).replaceAll('/', '.')}: ${words(old[key])} → ${words(now[key])}`);
  const mechanism = (one: Method): string =>
    one.mechanism === null ? 'none' : `${one.mechanism.name} (${one.mechanism.hash.slice(0, 12)})`;
  return [
    ...changed,
    ...(before.prompt === after.prompt
      ? []
      : [`agent/prompt.md: ${lines(before.prompt)} → ${lines(after.prompt)}`]),
    ...(before.mechanism?.hash === after.mechanism?.hash
      ? []
      : [`process/mechanism.js: ${mechanism(before)} → ${mechanism(after)}`]),
  ];
};
