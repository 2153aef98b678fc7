import { setupOrExit } from './setup.mjs';

await setupOrExit();
await import('../bench/fleet.mjs');
