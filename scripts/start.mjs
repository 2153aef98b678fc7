import { spawn } from 'node:child_process';
import { inRoot } from './setup/root.mjs';
import { setupOrExit } from './setup.mjs';

await setupOrExit();

const args = [inRoot('bin/autolift.mjs'), 'run', inRoot('examples/sine'), ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { stdio: 'inherit' });
// the terminal sends Ctrl-C to both; the run decides what it means
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => name === 'SIGTERM' && child.kill(name));
child.once('exit', (code) => process.exit(code ?? 1));
