export { type BlobStore, openBlobStore } from './blob-store.js';
