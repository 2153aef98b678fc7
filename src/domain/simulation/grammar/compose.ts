import { type Decides, stackSource, withParams } from '../../mechanism/stack.js';
import type { Random } from '../../random.js';
import { RULE_NAMES, RULES } from './rules.js';

/** Source of a library's module by its name. */
export type SourceOf = (name: string) => string;

const SIZES = [1, 2, 2, 3, 3];
const DECIDES: readonly Decides[] = ['first', 'first', 'rotate', 'stuck'];

const without = <T>(list: readonly T[], one: T): T[] => list.filter((other) => other !== one);

/** A mechanism's source as the grammar makes it: one to three rules, in some order, with settings of chance. It composes; it doesn't invent. */
export const composeSource = (draw: Random, sourceOf: SourceOf): string => {
  const size = draw.pick(SIZES);
  let left: readonly string[] = RULE_NAMES;
  const members = Array.from({ length: size }, () => {
    const name = draw.pick(left);
    left = without(left, name);
    return { name, source: withParams(sourceOf(name), RULES[name]?.(draw) ?? {}) };
  });
  return stackSource(members, draw.pick(DECIDES));
};
