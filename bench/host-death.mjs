/**
 * `node bench/host-death.mjs [times]`: how long after kill -9 of a device host its run goes on elsewhere. Two hosts of one
 * class, an engine of its own. Temporal takes a host for dead that was silent for the heartbeat timeout of 20 s.
 */
import { createViteServer } from 'vitest/node';

const TIMES = Number(process.argv[2] ?? 1);
const server = { middlewareMode: true, ws: false, watch: null };
const vite = await createViteServer({ configFile: false, appType: 'custom', logLevel: 'error', server });
try {
  const { TwinHosts } = await vite.ssrLoadModule('/tests/support/twin-hosts.ts');
  for (let time = 0; time < TIMES; time++) {
    const twins = await TwinHosts.up();
    try {
      await twins.runLoop();
      const look = () => twins.status();
      await twins.until(look, (now) => now.running[0]?.run?.checkpoint != null);
      const busy = (await twins.living()).find(({ devices }) => devices.some(({ run }) => run !== null));
      const killed = Date.now();
      twins.kill(busy.about.home);
      await twins.until(look, ({ phase }) => phase === 'done');
      const { experiments } = await twins.json('export', 'twins/t', '--format', 'json');
      const [{ startedAt, course }] = experiments.at(-1).measurements;
      const seconds = (Date.parse(startedAt) - killed) / 1000;
      console.log(`attempt ${course.attempt} began ${seconds.toFixed(1)} s after the kill`);
    } finally {
      await twins.close();
    }
  }
} finally {
  await vite.close();
}
