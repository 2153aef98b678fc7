export interface Launch {
  command: string;
  args: string[];
  env: Record<string, string>;
  /** of the files that it makes; absent: the user's own */
  umask?: number;
}

/** A process that the keeper keeps alive. */
export interface Service {
  name: string;
  /** called at each start only: finding a binary costs time and may fail */
  launch(): Launch;
  /** arguments that together no other process has: how a living one is found again */
  marks: string[];
  /** whether it works; null: being alive is all that can be seen */
  answers: (() => Promise<boolean>) | null;
  /** file into which it writes its pid once it works; null: it has none */
  readyFile: string | null;
  /** asks it to end in good order */
  stopSignal: NodeJS.Signals;
  /** what it was started from; a living one of another make is replaced */
  make: string;
  /** runs once after each start, when it answers */
  provision?(): void;
}
