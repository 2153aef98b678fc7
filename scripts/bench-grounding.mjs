import { setupOrExit } from './setup.mjs';

await setupOrExit();
await import('../bench/grounding/main.mjs');
