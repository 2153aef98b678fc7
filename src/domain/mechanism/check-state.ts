import type { Json } from '../../contract/json.js';
import { LIMITS } from './limits.js';

const bytesOf = (text: string): number => {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
};

/** What is wrong with a state that was read from JSON: only that it is too large. */
export const stateFault = (state: Json): string | null => {
  const text = JSON.stringify(state);
  // no character of JavaScript's takes more than three bytes
  if (3 * text.length <= LIMITS.state) return null;
  const bytes = bytesOf(text);
  return bytes > LIMITS.state ? `the state has ${String(bytes)} bytes of ${String(LIMITS.state)}` : null;
};
