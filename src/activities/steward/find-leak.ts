import { createReadStream } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether a file holds one of these; read in pieces that overlap, so that none is cut in two. */
const holds = async (file: string, tokens: readonly Buffer[]): Promise<boolean> => {
  const overlap = Math.max(...tokens.map(({ length }) => length)) - 1;
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    const piece = Buffer.concat([tail, chunk]);
    if (tokens.some((token) => piece.includes(token))) return true;
    tail = piece.subarray(Math.max(0, piece.length - overlap));
  }
  return false;
};

/** A link is never followed, but where it points is text that a candidate chose. */
const pointsAt = async (link: string, tokens: readonly Buffer[]): Promise<boolean> => {
  const target = await readlink(link, { encoding: 'buffer' });
  return tokens.some((token) => target.includes(token));
};

export interface Searched {
  folder: string;
  /** author and message of the commit that was checked out there */
  header: string;
}

/** Whether a token is in the commit's header, in a name, in a plain file, or in a link's target. A checkout is bounded, and so is this. */
export const findLeak = async ({ folder, header }: Searched, tokens: readonly string[]): Promise<boolean> => {
  if (tokens.length === 0) return false;
  if (tokens.some((token) => header.includes(token))) return true;
  const sought = tokens.map((token) => Buffer.from(token));
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (tokens.some((token) => entry.name.includes(token))) return true;
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await holds(path, sought))) return true;
    if (entry.isSymbolicLink() && (await pointsAt(path, sought))) return true;
  }
  return false;
};
