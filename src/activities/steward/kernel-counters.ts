import { existsSync } from 'node:fs';

/** What the kernel counts for everybody: one run can raise it, and a later one read how far. */
const COUNTERS = [
  ...['buddyinfo', 'pagetypeinfo', 'slabinfo', 'vmallocinfo', 'vmstat', 'zoneinfo', 'swaps'],
  ...['interrupts', 'loadavg', 'schedstat', 'softirqs', 'stat', 'timer_list', 'uptime'],
  ...['cgroups', 'crypto', 'diskstats', 'key-users', 'keys', 'locks', 'modules', 'partitions'],
  ...['aio-nr', 'dentry-state', 'file-nr', 'inode-nr', 'inode-state'].map((name) => `sys/fs/${name}`),
  ...['sys/kernel/pty/nr', 'sys/kernel/random/entropy_avail'],
].map((name) => `/proc/${name}`);

const FOLDERS = ['acpi', 'bus', 'driver', 'fs', 'irq', 'pressure', 'sys/fs/xfs', 'tty'].map(
  (name) => `/proc/${name}`,
);

/** Covers those that this kernel has. Programs need the rest: meminfo, cpuinfo, and what is theirs alone. */
export const withoutCounters = (): string[] => [
  ...COUNTERS.filter((path) => existsSync(path)).flatMap((path) => ['--ro-bind', '/dev/null', path]),
  ...FOLDERS.filter((path) => existsSync(path)).flatMap((path) => ['--tmpfs', path, '--remount-ro', path]),
];
