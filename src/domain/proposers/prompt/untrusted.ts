import { random } from '../../random.js';

// CSI and OSC sequences, then whatever else begins with an escape
const ESCAPES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b./g;
// controls but tab and line feed, and the invisible characters that reorder or hide text
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Text without anything that a terminal or a reader would obey instead of show. A progress bar keeps its last state. */
export const plainText = (text: string): string =>
  text
    .replace(ESCAPES, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.trimEnd().lastIndexOf('\r') + 1))
    .join('\n')
    .replace(INVISIBLE, '');

const bytesOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** The last `bytes` bytes of a text, whole characters only, with a note of what was cut. */
export const tailOf = (text: string, bytes: number): string => {
  const characters = Array.from(text);
  let size = 0;
  let from = characters.length;
  while (from > 0) {
    size += bytesOf(characters[from - 1] ?? '');
    if (size > bytes) break;
    from--;
  }
  return from === 0 ? text : `[… ${String(from)} characters cut]\n${characters.slice(from).join('')}`;
};

/** One line of plain text, for tables and commit subjects. */
export const oneLine = (text: string, length: number): string => {
  const line = plainText(text).replaceAll(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
};

/** A delimiter that none of the texts contains, so that no text can end its own fence. */
export const delimiterFor = (texts: readonly string[], seed: string): string => {
  const stream = random(seed, 'delimiter');
  for (;;) {
    const word = Array.from({ length: 4 }, () => stream.int(65_536).toString(16).padStart(4, '0')).join('');
    const delimiter = `data-${word}`;
    if (!texts.some((text) => text.includes(word))) return delimiter;
  }
};

export const fenced = (label: string, text: string, delimiter: string): string =>
  `<${delimiter} ${label}>\n${text.trimEnd()}\n</${delimiter}>`;
