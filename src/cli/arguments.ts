import { parseArgs, type ArgDef, type ArgsDef, type ParsedArgs } from 'citty';
import { UserError } from '../contract/user-error.js';
import type { Command } from './command.js';
import { didYouMean } from '../contract/nearest.js';
import { joinRepeated } from './repeated-flags.js';

const list = (alias: string | string[] | undefined): string[] =>
  alias === undefined ? [] : Array.isArray(alias) ? alias : [alias];

const spellings = (args: ArgsDef): Map<string, ArgDef> =>
  new Map(
    Object.entries(args)
      .filter(([, def]) => def.type !== 'positional')
      .flatMap(([name, def]) => [
        [`--${name}`, def] as const,
        ...list('alias' in def ? def.alias : undefined).map((alias) => [`-${alias}`, def] as const),
      ]),
  );

/** Refuses flags that the command doesn't know and flags that lack their value, before anything is done. */
const checkFlags = (command: Command, raw: readonly string[]): void => {
  const known = spellings(command.args);
  const where = `autolift ${command.name}`;
  for (let i = 0; i < raw.length && raw[i] !== '--'; i += 1) {
    const [flag = '', ...rest] = (raw[i] ?? '').split('=');
    if (!flag.startsWith('-') || flag === '-' || /^-\d/.test(flag)) continue;
    const def = known.get(flag);
    if (def === undefined)
      throw new UserError(
        `unknown flag ${flag}${didYouMean(flag, [...known.keys(), '--help'])}`,
        where,
        `\`${where} --help\` lists its flags.`,
      );
    if (def.type === 'boolean') continue;
    const value = rest.length > 0 ? rest.join('=') : raw[(i += 1)];
    if (value === undefined || value === '' || (rest.length === 0 && value.startsWith('--')))
      throw new UserError(`${flag} needs a value`, where, `\`${where} --help\` shows examples.`);
  }
};

/** Hands out what stands without a flag: with too few, optional ones go without before required ones, the last one first. */
const placePositionals = (command: Command, given: readonly string[]): Record<string, string> => {
  const wanted = Object.entries(command.args).filter(([, def]) => def.type === 'positional');
  const where = `autolift ${command.name}`;
  const extra = given[wanted.length];
  if (extra !== undefined && command.takesMany !== true)
    throw new UserError(`unexpected argument "${extra}"`, where, `\`${where} --help\` shows its arguments.`);
  const optional = wanted.filter(([, def]) => def.required === false || def.default !== undefined);
  const missing = Math.max(0, wanted.length - given.length);
  const without = new Set(optional.slice(Math.max(0, optional.length - missing)).map(([name]) => name));
  const rest = [...given];
  const placed: Record<string, string> = {};
  for (const [name, def] of wanted) {
    if (!without.has(name)) {
      const value = rest.shift();
      if (value === undefined)
        throw new UserError(`${name.toUpperCase()} is missing`, where, `\`${where} --help\` shows examples.`);
      placed[name] = value;
      continue;
    }
    if (typeof def.default === 'string') placed[name] = def.default;
  }
  return placed;
};

/** Reads a command line as the command declares it; everything wrong with it is a UserError. */
export const readArguments = (command: Command, raw: string[]): ParsedArgs => {
  checkFlags(command, raw);
  const flags = Object.fromEntries(
    Object.entries(command.args).filter(([, def]) => def.type !== 'positional'),
  );
  try {
    const parsed = parseArgs(joinRepeated(raw, command.lists ?? []), flags);
    const positionals = placePositionals(
      command,
      parsed._.filter((value) => value !== '--'),
    );
    return Object.assign(parsed, positionals);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'CLIError') throw error;
    throw new UserError(error.message, `autolift ${command.name}`, `\`autolift ${command.name} --help\``);
  }
};

/** The value of a flag that counts something. */
export const wholeNumber = (text: string | undefined, flag: string, least = 1): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && /^\d+$/.test(text.trim())) return value;
  throw new UserError(
    `"${text}" is not a whole number of at least ${String(least)}`,
    flag,
    `Write it like ${flag} ${String(Math.max(least, 20))}.`,
  );
};

/** The value of a flag that measures something. */
export const positiveNumber = (text: string | undefined, flag: string, like = '5'): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UserError(`"${text}" is not a number above 0`, flag, `Write it like ${flag} ${like}.`);
};
