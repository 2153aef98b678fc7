/** Whose run a host has, read from the run's key; null: a key that this version doesn't know. */
export const readRunKey = (key: string): { loop: string; experiment: number; role: string } | null => {
  const [, loop, experiment, role] = /^(.+)\/(\d+)\/(baseline|candidate|incumbent)\/.+$/.exec(key) ?? [];
  if (loop === undefined || role === undefined) return null;
  return { loop, experiment: Number(experiment), role };
};
