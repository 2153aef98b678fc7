import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { askSocket } from './ask-socket.js';

/** Whether somebody accepts connections on this port of the loopback address. */
export function portAnswers(port: number, timeoutMs = 1000): Promise<boolean> {
  return askSocket(port, timeoutMs, (_, settle) => settle(true));
}

/** Who listens there, in words, as far as this user may know. */
export function portHolder(port: number): string | null {
  try {
    return process.platform === 'linux' ? holderOnLinux(port) : holderFromLsof(port);
  } catch {
    return null;
  }
}

function holderOnLinux(port: number): string | null {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(hex) && fields[3] === '0A')
    .map((fields) => `socket:[${fields[9] ?? ''}]`);
  const pid = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((name) => openFiles(name).some((file) => inodes.includes(file)));
  if (pid === undefined) return null;
  const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  return `${name} (pid ${pid})`;
}

function openFiles(pid: string): string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).map((name) => readLink(`${folder}/${name}`));
  } catch {
    return [];
  }
}

/** A file may be closed between listing and looking. */
function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function holderFromLsof(port: number): string | null {
  const text = execFileSync('lsof', ['-nP', '-Fpc', `-iTCP:${String(port)}`, '-sTCP:LISTEN'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = /^p(\d+)/m.exec(text)?.[1];
  const name = /^c(.+)/m.exec(text)?.[1];
  return pid && name ? `${name} (pid ${pid})` : null;
}
