/** What a finished loop's record says about the engine. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const byTime = (record) =>
  record.experiments.filter(({ experiment }) => experiment > 0).sort((a, b) => a.settledAt - b.settledAt);

/** Experiments per second from the first proposal to the last verdict, and last fifth against first fifth. */
export const throughput = (record) => {
  const rows = byTime(record);
  const start = Math.min(...rows.map(({ proposedAt }) => proposedAt));
  const fifth = Math.floor(rows.length / 5);
  const at = (index) => rows[index].settledAt;
  const first = at(fifth) - at(0);
  const last = at(rows.length - 1) - at(rows.length - 1 - fifth);
  return {
    perSecond: (rows.length * 1000) / (at(rows.length - 1) - start),
    firstFifthMs: first,
    lastFifthMs: last,
  };
};

/** Share of the devices' time that candidates' own commands ran, between first start and last end. */
export const utilisation = (record, devices) => {
  const runs = byTime(record).flatMap(({ measurements }) =>
    measurements.map(({ startedAt, seconds }) => {
      const start = Date.parse(startedAt);
      return { start, end: start + seconds.run * 1000 };
    }),
  );
  const from = Math.min(...runs.map(({ start }) => start));
  const to = Math.max(...runs.map(({ end }) => end));
  const busy = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  return busy / (devices * (to - from));
};

const commandOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** Resident megabytes of control and device workers of the engine in this folder; 0 where there is no /proc. */
export const workersResidentMb = (home) => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  let kilobytes = 0;
  for (const pid of pids) {
    const command = commandOf(pid);
    if (!/control-main|autolift_device/.test(command)) continue;
    let environment = '';
    try {
      environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    } catch {
      continue;
    }
    if (!environment.includes(home) && !command.includes(home)) continue;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    kilobytes += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  }
  return kilobytes / 1024;
};

/** Events and bytes of history over all runs of a loop's workflow. */
export const history = async (client, loop) => {
  let events = 0;
  let bytes = 0;
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${loop}"` })) {
    const { historyLength, historySize } = await client.workflow.getHandle(loop, runId).describe();
    events += historyLength;
    bytes += historySize ?? 0;
  }
  return { events, bytes };
};

export const machine = () => {
  const cpu = /model name\s*:\s*(.+)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor';
  return { cpu, cores: Number(execFileSync('nproc', { encoding: 'utf8' })), node: process.version };
};
