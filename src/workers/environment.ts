import { UserError } from '../contract/user-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A TCP port from a variable, or the default. */
export function readPort(environment: Environment, name: string, otherwise: number): number {
  const port = readCount(environment, name, otherwise);
  if (port > 65_535) throw new UserError(`${String(port)} is not a port`, name, 'Use 1024 to 65535.');
  return port;
}

/** A whole number from 1 up, or the default. */
export function readCount(environment: Environment, name: string, otherwise: number): number {
  const text = environment[name];
  if (!text) return otherwise;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UserError(
    `"${text}" is not a whole number`,
    name,
    `Set it to a number like ${String(otherwise)}, or unset it.`,
  );
}
