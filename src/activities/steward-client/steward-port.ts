export interface StewardCall {
  workflow: string;
  id: string;
  argument: unknown;
  /** one that has ended may be asked again: the steward knows what it has answered */
  again?: boolean;
  /** ended by the server after so long, answered or not */
  withinMs?: number;
}

/** The way to the steward's namespace. */
export interface StewardPort {
  /** Starts a workflow there, or finds the one of this id, and waits for what it says. */
  execute<T>(call: StewardCall): Promise<T>;
  /** Whether anybody serves its queue; true where the server doesn't tell, false where there is none. */
  listening(): Promise<boolean>;
  /** SPKI, base64; null: no steward has told its key */
  publicKey(): string | null;
}
