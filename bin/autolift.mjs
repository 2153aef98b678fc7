#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(fileURLToPath(main))) await import(main.href);
else {
  console.error('autolift is not built yet: run `npm start` or `npm run build` once in its folder.');
  process.exit(2);
}
