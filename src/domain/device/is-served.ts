import type { SeenWorker } from '../../contract/fleet.js';

/** A worker says every ten seconds that it lives, busy or not; two may be lost. */
export const HEARTBEAT_FRESH_MS = 25_000;

/** A worker that has nothing to do asks again after a minute. */
export const POLL_FRESH_MS = 75_000;

/** Whether it is there, as far as the server can know. */
export const isFresh = ({ seenAt, by, ended }: SeenWorker, now: number): boolean =>
  !ended && now - seenAt <= (by === 'heartbeat' ? HEARTBEAT_FRESH_MS : POLL_FRESH_MS);

/** What is the time of a host's clock that is right: one that asks for work has sent a heartbeat shortly before. */
const SKEW_MS = 30_000;

const isSound = ({ seenAt, identity }: SeenWorker, workers: readonly SeenWorker[], now: number): boolean => {
  const asked = workers.filter((one) => one.by === 'poll' && one.identity === identity);
  return seenAt <= now + SKEW_MS && asked.every((poll) => seenAt >= poll.seenAt - SKEW_MS);
};

/**
 * What is known best of each. Its heartbeats, because a server remembers for minutes who asked for work, also of those
 * that have died since; but they carry the host's own time, and where its clock is wrong the questions for work count.
 */
export const bestKnown = (workers: readonly SeenWorker[], now: number): SeenWorker[] => {
  const beats = workers.filter(({ by }) => by === 'heartbeat');
  const newest = new Map<string, SeenWorker>();
  for (const beat of beats) {
    const known = newest.get(beat.identity);
    if (known === undefined || known.seenAt < beat.seenAt) newest.set(beat.identity, beat);
  }
  const trusted = new Set(
    [...newest.values()].filter((beat) => isSound(beat, workers, now)).map(({ identity }) => identity),
  );
  return workers.filter(({ by, identity }) => (by === 'heartbeat') === trusted.has(identity));
};

/** Whether a queue has a living worker. */
export const isServed = (workers: readonly SeenWorker[], now: number): boolean =>
  bestKnown(workers, now).some((worker) => isFresh(worker, now));
