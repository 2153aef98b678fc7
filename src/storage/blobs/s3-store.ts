import { createHash } from 'node:crypto';
import type { BlobStore } from './blob-store.js';
import { askBucket, type Bucket } from './s3-request.js';
import { checkHash } from './store-path.js';

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** The store in a bucket: the same names as in a folder, and what comes back is checked against them. */
export const openS3Store = (bucket: Bucket): BlobStore => ({
  put: async (content, mediaType) => {
    const body = Buffer.from(content);
    const sha256 = hashOf(body);
    await askBucket(bucket, { method: 'PUT', sha256, body, mediaType });
    return { sha256, bytes: body.length, mediaType };
  },
  get: async (sha256) => {
    const content = await askBucket(bucket, { method: 'GET', sha256: checkHash(sha256) });
    if (content === null) return null;
    const found = hashOf(content);
    if (found !== sha256) throw new Error(`${sha256} is damaged: its bytes hash to ${found}`);
    return content;
  },
});
