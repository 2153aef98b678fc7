/** Processor time of the engine's processes, by what they are. Linux only: elsewhere there is nothing to read. */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

const read = (pid, name) => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
};

/** Parent, own seconds, and seconds of children that have ended and were waited for. */
const statOf = (pid) => {
  const fields = read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  const seconds = (from) => (Number(fields[from]) + Number(fields[from + 1])) / TICKS_PER_SECOND;
  return { parent: Number(fields[1]), own: seconds(11), ended: seconds(13) };
};

const KINDS = [
  ['control', /control-main/],
  ['device', /-m autolift_device(?! *sandbox)/],
  ['temporal', /temporal\S* server start-dev/],
  ['postgres', /postgres\S* (?:-D|.* -D)/],
];

/** Seconds so far: `git` is what the control worker has started, `runs` what the device worker has. */
export const processorSeconds = (home) => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const seconds = { control: 0, git: 0, device: 0, runs: 0, temporal: 0, postgres: 0 };
  const below = new Map();
  for (const pid of pids) {
    const command = read(pid, 'cmdline').replaceAll('\0', ' ');
    const kind = KINDS.find(([, pattern]) => pattern.test(command))?.[0];
    if (kind === undefined || !(command.includes(home) || read(pid, 'environ').includes(home))) continue;
    const { own, ended } = statOf(pid);
    const started = { control: 'git', device: 'runs' }[kind] ?? kind;
    seconds[kind] += own;
    seconds[started] += ended;
    below.set(Number(pid), started);
  }
  for (const pid of pids) {
    const { parent, own, ended } = statOf(pid);
    const kind = below.get(parent);
    if (kind !== undefined && !below.has(Number(pid))) seconds[kind] += own + ended;
  }
  return seconds;
};
