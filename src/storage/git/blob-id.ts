import { createHash } from 'node:crypto';

/** The id that git gives to a file of this content: tells whether a file would change without reading it. */
export const blobId = (content: Buffer | string): string => {
  const bytes = Buffer.from(content);
  return createHash('sha1')
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest('hex');
};
