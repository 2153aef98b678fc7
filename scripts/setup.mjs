import { build } from './setup/build.mjs';
import { installPackages } from './setup/node-modules.mjs';
import { installPython } from './setup/python.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { installTemporal } from './setup/temporal.mjs';

const MINIMUM_NODE = [20, 3];

/** Installs and builds what is missing; a second call finds nothing to do. */
export async function setup() {
  checkNode();
  await installPackages();
  await installPython();
  await installTemporal();
  await build();
}

/** The same for a script: a failure is one message and exit code 2. */
export async function setupOrExit() {
  try {
    await setup();
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exit(2);
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  throw new SetupError(`Node ${process.versions.node} is too old.`, 'Install Node 20.3 or newer.');
}

if (import.meta.url === `file://${process.argv[1]}`) await setupOrExit();
