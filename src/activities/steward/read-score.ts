/** The last `METRIC:name=value` or `name: value` line of a scorer; null: it printed no finite number. */
export const readScore = (output: string, name: string): number | null => {
  for (const line of output.split('\n').toReversed()) {
    const text = line.trim();
    const rest = text.startsWith(`METRIC:${name}=`)
      ? text.slice(`METRIC:${name}=`.length)
      : text.startsWith(`${name}:`)
        ? text.slice(name.length + 1)
        : null;
    if (rest === null) continue;
    const value = Number(rest.trim());
    return rest.trim() !== '' && Number.isFinite(value) ? value : null;
  }
  return null;
};
