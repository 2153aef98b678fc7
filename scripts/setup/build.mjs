import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { execute } from './execute.mjs';
import { inRoot } from './root.mjs';
import { SetupError } from './setup-error.mjs';
import { digest, isStamped, stamp } from './stamp.mjs';
import { step } from './step.mjs';

const INPUTS = [
  'src',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/setup/build.mjs',
];

/** dist/ and the workflow bundle, when the sources changed. The hash is also the version that workers carry. */
export async function build() {
  const mark = inRoot('dist', '.build-hash');
  const wanted = digest(INPUTS.map((path) => inRoot(path)));
  if (isStamped(mark, wanted)) return;
  await step('compile', async () => {
    rmSync(mark, { force: true });
    const fix = 'Mend the type errors above.';
    await execute(
      process.execPath,
      [inRoot('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
      { fix },
    );
    pruneLeftovers();
    copyAssets();
  });
  if (existsSync(inRoot('dist/workflows/index.js'))) await step('bundle the workflows', bundleWorkflows);
  stamp(mark, wanted);
}

/** What was compiled from sources that are gone would still be found at run time. */
function pruneLeftovers() {
  const sources = new Set(listFiles(inRoot('src')).map((name) => name.replace(/\.ts$/, '')));
  for (const name of listFiles(inRoot('dist'))) {
    const source = name.replace(/\.(js|js\.map)$/, '');
    if (name.includes('/') && !sources.has(source)) rmSync(inRoot('dist', name));
  }
}

function copyAssets() {
  for (const name of listFiles(inRoot('src')).filter((file) => !file.endsWith('.ts')))
    cpSync(inRoot('src', name), inRoot('dist', name));
}

/** Paths of all files below a folder, relative to it. */
const listFiles = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));

/** One for each namespace: a loop's worker knows nothing of the steward's workflows. */
const BUNDLES = [
  ['dist/workflows/index.js', 'dist/workflow-bundle.js'],
  ['dist/workflows/holdout/index.js', 'dist/steward-bundle.js'],
];

async function bundleWorkflows() {
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const logger = Object.fromEntries(
    ['log', 'trace', 'debug', 'info', 'warn', 'error'].map((level) => [level, () => {}]),
  );
  const sizes = [];
  for (const [from, to] of BUNDLES) {
    const { code } = await bundleWorkflowCode({ workflowsPath: inRoot(from), logger });
    if (/node_modules\/zod\//.test(code))
      throw new SetupError(
        'The workflow bundle holds zod, which would cost each cached workflow 0.8 MB.',
        'Import only types, or constants of files without schemas, into src/workflows and src/domain.',
      );
    writeFileSync(inRoot(to), code);
    sizes.push(`${Math.round(code.length / 1024)} KiB`);
  }
  return sizes.join(', ');
}
