import { setupOrExit } from './setup.mjs';

await setupOrExit();
await import('../bench/outer.mjs');
