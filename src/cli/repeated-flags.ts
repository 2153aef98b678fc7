/** A command line in which each of these flags stands once, its values in order and with commas between: `--method a --method b`. */
export const joinRepeated = (raw: readonly string[], flags: readonly string[]): string[] => {
  const end = raw.indexOf('--');
  const head = raw.slice(0, end < 0 ? raw.length : end);
  return flags
    .reduce<string[]>(
      (words, name) => {
        const flag = `--${name}`;
        const values: string[] = [];
        const rest: string[] = [];
        for (let i = 0; i < words.length; i += 1) {
          const word = words[i] ?? '';
          if (word === flag) values.push(words[(i += 1)] ?? '');
          else if (word.startsWith(`${flag}=`)) values.push(word.slice(flag.length + 1));
          else rest.push(word);
        }
        return values.length < 2 ? words : [...rest, `${flag}=${values.join(',')}`];
      },
      [...head],
    )
    .concat(raw.slice(head.length));
};
