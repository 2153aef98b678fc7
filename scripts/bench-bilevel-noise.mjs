import { setupOrExit } from './setup.mjs';

await setupOrExit();
await import('../bench/bilevel/noise.mjs');
