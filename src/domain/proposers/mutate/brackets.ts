import { CODE } from './mask.js';

export interface Brackets {
  /** 1 where a character stands in a subscript: `x[0]`, `shape[:, -1]` */
  subscript: Uint8Array;
  /** 1 where it stands inside square or curly brackets */
  inside: Uint8Array;
}

const KEYWORD = /(?:^|\W)(?:return|in|yield|case|and|or|not|else|of|print|assert|await)$/;

const isSubscript = (text: string, at: number): boolean => {
  const before = text.slice(Math.max(0, at - 24), at).trimEnd();
  return /[\w)\]"']$/.test(before) && !KEYWORD.test(before);
};

/** Which characters stand in brackets: an index is structure, not a knob. */
export const bracketsOf = (text: string, mask: Uint8Array): Brackets => {
  const subscript = new Uint8Array(text.length);
  const inside = new Uint8Array(text.length);
  const open: boolean[] = [];
  let indexed = 0;
  for (let at = 0; at < text.length; at++) {
    if (mask[at] === CODE) {
      const char = text[at];
      if (char === '[' || char === '{') {
        const opensIndex = char === '[' && isSubscript(text, at);
        open.push(opensIndex);
        if (opensIndex) indexed++;
      } else if ((char === ']' || char === '}') && open.pop() === true) indexed--;
    }
    if (indexed > 0) subscript[at] = 1;
    if (open.length > 0) inside[at] = 1;
  }
  return { subscript, inside };
};
