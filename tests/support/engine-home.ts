import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type Settings } from '../../src/workers/settings.js';

/** Settings of an engine of one's own: an empty home folder and ports that nobody uses. */
export async function ownEngine(): Promise<Settings> {
  const [temporal, ui, postgres] = await freePorts(3);
  return readSettings({
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'],
    AUTOLIFT_HOME: mkdtempSync(join(tmpdir(), 'autolift-home-')),
    AUTOLIFT_TEMPORAL_PORT: String(temporal),
    AUTOLIFT_UI_PORT: String(ui),
    AUTOLIFT_POSTGRES_PORT: String(postgres),
  });
}

export const listen = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
