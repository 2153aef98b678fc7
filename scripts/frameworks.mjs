import { existsSync, statfsSync } from 'node:fs';
import { findPython, installInto, makeVenv } from './setup/python.mjs';
import { inRoot } from './setup/root.mjs';
import { digest, isStamped, stamp } from './setup/stamp.mjs';
import { step } from './setup/step.mjs';

/** Pythons with a framework each, for the ports of examples/gpt: `.venv-mlx` and `.venv-torch`. */
const FRAMEWORKS = {
  mlx: { requirements: 'requirements-mlx.txt', gigabytes: 1 },
  // most of it are CUDA's libraries, without which the wheel for Linux can't be imported on a CPU either
  torch: { requirements: 'requirements-cuda.txt', gigabytes: 12 },
};

/** Says what is in the way, and goes on: their tests are then skipped and say so. */
async function install(name) {
  const { requirements, gigabytes } = FRAMEWORKS[name];
  const venv = inRoot(`.venv-${name}`);
  const file = inRoot('python-gpu-activity', requirements);
  const mark = inRoot(`.venv-${name}`, '.autolift-installed');
  const wanted = digest([file]);
  if (isStamped(mark, wanted)) return;
  const { bavail, bsize } = statfsSync(inRoot());
  const free = (bavail * bsize) / 1e9;
  if (!existsSync(venv) && free < gigabytes) {
    console.error(`no ${name}: it needs ${gigabytes} GB of disk, and ${free.toFixed(1)} GB are free`);
    return;
  }
  try {
    await step(`install ${name} into .venv-${name}`, async () => {
      await makeVenv(await findPython(), venv);
      await installInto(venv, [file]);
    });
    stamp(mark, wanted);
  } catch (error) {
    console.error(`no ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in FRAMEWORKS));
if (unknown !== undefined || asked.length === 0) {
  console.error(`usage: node scripts/frameworks.mjs ${Object.keys(FRAMEWORKS).join(' ')}`);
  process.exit(2);
}
for (const name of asked) await install(name);
