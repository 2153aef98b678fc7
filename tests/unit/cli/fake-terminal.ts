import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from '../../../src/cli/terminal.js';

export interface FakeTerminal extends Terminal {
  readonly printed: string[];
  readonly said: string[];
  interrupt(): void;
}

/** A terminal that remembers what was printed. */
export const fakeTerminal = (cwd: string, env: Record<string, string> = {}): FakeTerminal => {
  const printed: string[] = [];
  const said: string[] = [];
  const handlers = new Set<() => void>();
  return {
    printed,
    said,
    out: (text) => void printed.push(stripVTControlCharacters(text)),
    err: (text) => void said.push(stripVTControlCharacters(text)),
    raw: (text) => void printed.push(text),
    live: false,
    columns: 100,
    rows: 40,
    cwd,
    env,
    onInterrupt: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    interrupt: () => {
      for (const handler of handlers) handler();
    },
  };
};
