/**
 * `npm run bench:fleet [-- --json FILE] [-- --experiments N] [-- --seed N] [-- --on-deck] [-- --before]`: how busy a mixed
 * fleet is, in virtual time, with the real workflows. `--on-deck` has hosts take runs that they have no device for;
 * `--before` takes the workflows as loops have them that began before devices were to stay busy.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createViteServer } from 'vitest/node';
import { machine } from './figures.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    experiments: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    'on-deck': { type: 'boolean', default: false },
    before: { type: 'boolean', default: false },
  },
});

const inSource = {
  file: 'workflows/research-loop/loop.ts',
  from: "patched('devices stay busy')",
  to: "patched('never') && false",
};
const server = { middlewareMode: true, ws: false, watch: null };
const vite = await createViteServer({ configFile: false, appType: 'custom', logLevel: 'error', server });
const load = (name) => vite.ssrLoadModule(`/tests/support/${name}.ts`);
try {
  const { mixedFleet } = await load('virtual/fleet-plan');
  const { simulateFleet } = await load('virtual/simulate-fleet');
  const { reportFleet } = await load('virtual/fleet-report');
  const { workflowBundle } = await load('temporal');
  const bundle = await workflowBundle(values.before ? inSource : undefined);
  const planned = mixedFleet(Number(values.experiments), Number(values.seed));
  const plan = { ...planned, onDeck: values['on-deck'] };
  const start = process.cpuUsage();
  const { record, runs, mostEvents, took } = await simulateFleet(plan, bundle);
  const { user, system } = process.cpuUsage(start);
  const { classes, loops } = reportFleet(plan, record);
  console.table(
    classes.map(({ class: name, devices, utilisation, idle, wait, hours }) => ({
      class: name,
      devices,
      utilisation: utilisation.toFixed(3),
      'idle p50 s': idle.p50.toFixed(2),
      'idle p99 s': idle.p99.toFixed(2),
      'idle > 1 s': `${(100 * idle.longer).toFixed(2)}%`,
      'wait p50 s': wait.p50.toFixed(2),
      'wait p99 s': wait.p99.toFixed(1),
      'hours up': hours.up.toFixed(0),
      'lost with hosts': hours.killed.toFixed(1),
      'done twice': hours.unheard.toFixed(1),
    })),
  );
  console.table(
    loops.map((one) => ({ ...one, between: one.between.toFixed(1), share: one.share.toFixed(3) })),
  );
  const report = {
    classes,
    loops,
    runs,
    mostEvents,
    virtualHours: took / 3_600_000,
    processorSeconds: (user + system) / 1e6,
    machine: machine(),
  };
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  process.stderr.write(
    `${(took / 86_400_000).toFixed(1)} days in ${report.processorSeconds.toFixed(0)} s of processor time\n`,
  );
} finally {
  await vite.close();
}
