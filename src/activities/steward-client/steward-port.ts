/** The way to the steward's namespace. */
export interface StewardPort {
  /** Starts a workflow there, or finds the one of this id, and waits for what it says. */
  execute<T>(call: { workflow: string; id: string; argument: unknown }): Promise<T>;
  /** SPKI, base64; null: no steward has told its key */
  publicKey(): string | null;
}
