/** Why a text is no table of results, and the line that shows it. */
export class NotResults extends Error {
  override readonly name = 'NotResults';
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}
