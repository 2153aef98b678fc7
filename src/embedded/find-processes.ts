import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { identify, type ProcessIdentity } from './process-identity.js';

interface CommandLine {
  pid: number;
  has: (argument: string) => boolean;
}

/** Running processes whose command line holds all of these arguments, oldest first. */
export function findProcesses(marks: readonly string[]): ProcessIdentity[] {
  const commandLines = process.platform === 'linux' ? listFromProc() : listFromPs();
  return commandLines
    .filter(({ pid, has }) => pid !== process.pid && marks.every(has))
    .map(({ pid }) => identify(pid))
    .filter((identity) => identity !== null)
    .sort((a, b) => a.pid - b.pid);
}

const listFromProc = (): CommandLine[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const text = `\0${readCommandLine(name)}\0`;
      return { pid: Number(name), has: (argument) => text.includes(`\0${argument}\0`) };
    });

function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const listFromPs = (): CommandLine[] =>
  execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\n')
    .map((line) => {
      const [, pid = '0', command = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
      const text = ` ${command} `;
      return { pid: Number(pid), has: (argument) => text.includes(` ${argument} `) };
    });
