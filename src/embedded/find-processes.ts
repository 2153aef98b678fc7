import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { identify, type ProcessIdentity } from './process-identity.js';

export interface FoundProcess extends ProcessIdentity {
  command: string[];
}

/** Running processes whose command line holds all of these arguments, oldest first. */
export function findProcesses(marks: readonly string[]): FoundProcess[] {
  return listCommands()
    .filter(({ pid, command }) => pid !== process.pid && marks.every((mark) => command.includes(mark)))
    .flatMap(({ pid, command }) => {
      const identity = identify(pid);
      return identity ? [{ ...identity, command }] : [];
    })
    .sort((a, b) => a.pid - b.pid);
}

const listCommands = (): { pid: number; command: string[] }[] =>
  process.platform === 'linux' ? listFromProc() : listFromPs();

const listFromProc = (): { pid: number; command: string[] }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: readCommand(name) }));

function readCommand(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

const listFromPs = (): { pid: number; command: string[] }[] =>
  execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid = '0', ...command]) => ({ pid: Number(pid), command }));
