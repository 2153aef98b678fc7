export interface Check {
  name: string;
  /** fail: a task can't run; warn: it can, but less well than it could */
  state: 'ok' | 'warn' | 'fail';
  text: string;
  fix?: string;
}

export const ok = (name: string, text: string): Check => ({ name, state: 'ok', text });
export const warn = (name: string, text: string, fix: string): Check => ({ name, state: 'warn', text, fix });
export const fail = (name: string, text: string, fix: string): Check => ({ name, state: 'fail', text, fix });

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
