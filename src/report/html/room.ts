/** What is left of a page's size for details that it can do without. */
export interface Room {
  /** Takes the first of these texts that still fits; '' where none does. */
  take(...texts: (() => string)[]): string;
}

/** Below this nothing is tried any more. */
const SCRAPS = 1000;

export function room(bytes: number): Room {
  let left = bytes;
  return {
    take(...texts) {
      for (const text of texts) {
        if (left < SCRAPS) return '';
        const made = text();
        const size = Buffer.byteLength(made);
        if (size > left) continue;
        left -= size;
        return made;
      }
      return '';
    },
  };
}
