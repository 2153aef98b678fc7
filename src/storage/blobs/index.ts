export { openS3Store } from './s3-store.js';
export type { AwsKeys } from './s3-request.js';
export { type BlobStore, openBlobStore } from './blob-store.js';
