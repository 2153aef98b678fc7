import { setupOrExit } from './setup.mjs';

await setupOrExit();
