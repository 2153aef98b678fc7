import { setupOrExit } from './setup.mjs';

await setupOrExit();
await import('../bench/main.mjs');
