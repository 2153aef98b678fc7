import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, signal, type ProcessIdentity } from './process-identity.js';

/** Asks a process to end, and kills it with its group when it hasn't after the grace. True: it went by itself. */
export async function stopProcess(
  identity: ProcessIdentity,
  name: NodeJS.Signals,
  graceMs: number,
): Promise<boolean> {
  signal(identity, name);
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline) {
    if (!isAlive(identity)) return true;
    await sleep(25);
  }
  killGroup(identity);
  while (isAlive(identity)) await sleep(25);
  return false;
}

/** Servers and workers lead their own groups. */
function killGroup(identity: ProcessIdentity): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(-identity.pid, 'SIGKILL');
  } catch {
    signal(identity, 'SIGKILL');
  }
}
