/** Something that its reader can mend: shown without a stack trace, exit code 2. */
export class SetupError extends Error {
  name = 'SetupError';

  constructor(what, fix) {
    super(`${what}\n  ${fix}`);
  }
}
