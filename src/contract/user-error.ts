/** A mistake that its reader can mend: shown as one message without a stack trace, exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';

  /**
   * @param what what is wrong, with the offending value
   * @param where the file, key or address it concerns, e.g. `task.yaml: run.timeout`
   * @param fix what to do about it
   */
  constructor(
    readonly what: string,
    readonly where: string,
    readonly fix: string,
  ) {
    super(`${where}: ${what}\n  ${fix}`);
  }
}
