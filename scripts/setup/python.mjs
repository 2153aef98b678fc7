import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, execute } from './execute.mjs';
import { inRoot } from './root.mjs';
import { SetupError } from './setup-error.mjs';
import { digest, isStamped, stamp } from './stamp.mjs';
import { step } from './step.mjs';

const CANDIDATES = ['python3.13', 'python3.12', 'python3.11', 'python3'];
const VENV = inRoot('.venv');
/** Of the device worker, of a bucket as artifact store, and of the proposer `sweep`, which only the control side asks. */
const REQUIREMENTS = ['requirements.txt', 'requirements-s3.txt', 'requirements-sweep.txt'].map((name) =>
  inRoot('python-gpu-activity', name),
);

/** `.venv` with the device worker's pinned packages and the worker itself importable. */
export async function installPython() {
  const mark = join(VENV, '.autolift-installed');
  const wanted = digest(REQUIREMENTS, 'v1');
  if (isStamped(mark, wanted) && existsSync(join(VENV, 'bin', 'python'))) return;
  const python = await findPython();
  await step('install Python packages into .venv', async () => {
    await makeVenv(python, VENV);
    await installInto(VENV, REQUIREMENTS);
    makeImportable();
    return python;
  });
  stamp(mark, wanted);
}

/** Packages of requirement files with hashes. */
export async function installInto(venv, requirements) {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const files = requirements.flatMap((file) => ['-r', file]);
  await execute(join(venv, 'bin', 'python'), [...pip, '--require-hashes', ...files], {
    fix: 'Check the network and the index that pip is configured for.',
  });
}

export async function findPython() {
  for (const name of CANDIDATES) {
    const version = await ask(name, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
    const [major, minor] = (version ?? '0.0').split('.').map(Number);
    if (major === 3 && minor >= 11) return name;
  }
  throw new SetupError(
    'The device worker needs Python 3.11 or newer, and none was found.',
    'Install it (apt install python3.11 python3.11-venv, brew install python@3.12, pyenv install 3.12).',
  );
}

export async function makeVenv(python, venv) {
  rmSync(venv, { recursive: true, force: true });
  if ((await ask(python, ['-c', 'import ensurepip, venv'])) === null)
    throw new SetupError(
      `${python} can't make virtual environments: its ensurepip or venv module is missing.`,
      `Install it (Debian and Ubuntu: apt install ${python}-venv).`,
    );
  await execute(python, ['-m', 'venv', venv]);
}

/** A path file does what an editable install does, without a build back end from the network. */
function makeImportable() {
  const library = join(VENV, 'lib');
  const version = readdirSync(library).find((name) => name.startsWith('python'));
  const packages = join(library, version ?? 'python3', 'site-packages');
  writeFileSync(join(packages, 'autolift_device.pth'), `${inRoot('python-gpu-activity')}\n`);
}
