import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a program ended, and what it wrote. */
export interface Finished {
  exitCode: number;
  pid: number;
  out: Buffer;
  err: Buffer;
}

export interface Order {
  folder: string;
  command: readonly string[];
  input: Buffer | string;
  /** added to this process's own */
  environment?: Readonly<Record<string, string>>;
  /** the program is killed then, and its shell with it */
  limitMs?: number | undefined;
}

/** A small process that starts programs for this one, one at a time. */
export interface Shell {
  run(order: Order): Promise<Finished>;
  close(): void;
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A command for the shell: its files are open before it starts, and one line tells of its end. */
const line = ({ folder, command, environment = {} }: Order, file: (name: string) => string): string => {
  const [input, out, err] = ['in', 'out', 'err'].map((name) => quoted(file(name)));
  const words = command.map(quoted).join(' ');
  const more = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}; `);
  return `(${more.join('')}cd ${quoted(folder)} && exec ${words}) <${String(input)} >${String(out)} 2>${String(err)} & wait $!; echo "$? $!"\n`;
};

/** Starts a shell, which ends with this process, however that ends. */
export const startShell = async (): Promise<Shell> => {
  const files = await mkdtemp(join(tmpdir(), 'autolift-git-'));
  const file = (name: string): string => join(files, name);
  // a session of its own: Ctrl-C in a terminal is not meant for git
  const child = spawn('/bin/sh', ['-s'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const [orders, told] = [child.stdin as Socket, child.stdout as Socket];
  let answer: { resolve: (text: string) => void; reject: (error: Error) => void } | null = null;
  let text = '';
  told.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (!text.endsWith('\n')) return;
    answer?.resolve(text);
    text = '';
  });
  const lost = (): void => answer?.reject(new Error('the shell that starts git was killed'));
  child.once('error', lost);
  child.once('close', lost);
  orders.on('error', lost);
  const cut = (): void => {
    answer?.reject(new Error('git took too long and was killed'));
    // its own session, so its own group
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    rmSync(files, { recursive: true, force: true });
  };
  // when its input ends, however that comes, its files go with it
  orders.write(`trap ${quoted(`rm -rf ${quoted(files)}`)} EXIT\n`);
  for (const handle of [child, orders, told]) handle.unref();

  return {
    run: async (order) => {
      // at once: these are in the page cache, and each hand-over to a thread costs more than reading them does
      writeFileSync(file('in'), order.input);
      // nobody else keeps this process alive while it waits
      told.ref();
      const { limitMs } = order;
      const timer = limitMs === undefined ? undefined : setTimeout(cut, limitMs);
      try {
        const ended = await new Promise<string>((resolve, reject) => {
          answer = { resolve, reject };
          if (child.exitCode !== null || child.signalCode !== null) lost();
          orders.write(line(order, file));
        });
        const [exitCode = 0, pid = 0] = ended.split(' ').map(Number);
        return { exitCode, pid, out: readFileSync(file('out')), err: readFileSync(file('err')) };
      } finally {
        clearTimeout(timer);
        answer = null;
        told.unref();
      }
    },
    close: () => {
      orders.end();
    },
  };
};
