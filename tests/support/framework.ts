import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;

/** A Python that has the framework, or null: `node scripts/frameworks.mjs mlx torch` makes them. */
export const framework = (name: 'mlx' | 'torch'): string | null => {
  const made = join(ROOT, `.venv-${name}`);
  const python = process.env[`AUTOLIFT_${name.toUpperCase()}_PYTHON`] ?? join(made, 'bin', 'python3');
  const whole =
    process.env[`AUTOLIFT_${name.toUpperCase()}_PYTHON`] !== undefined ||
    existsSync(join(made, '.autolift-installed'));
  return whole && existsSync(python) ? python : null;
};
