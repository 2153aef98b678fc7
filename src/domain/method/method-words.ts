/** A method in words: where it was read, and the beginning of its hash. */
export const methodWords = ({ ref, hash }: { ref: string; hash: string }): string =>
  `${ref} (${hash.slice(0, 12)})`;
