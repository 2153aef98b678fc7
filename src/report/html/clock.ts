/** Milliseconds since the epoch as 2026-04-05 21:14 UTC. */
export function clock(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 8.64e15) return 'unknown time';
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
