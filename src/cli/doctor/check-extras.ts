import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { ok, type Check } from './check.js';

type Env = Readonly<Record<string, string | undefined>>;

const PICTURES = ['rsvg-convert', 'inkscape', 'chromium', 'chromium-browser', 'google-chrome', 'magick'];

const onPath = (program: string, env: Env): boolean =>
  (env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });

/** Only `report --png` needs one of these. */
export const checkPictures = (env: Env): Check => {
  const found = PICTURES.find((program) => onPath(program, env));
  return found === undefined
    ? ok('pictures', 'SVG only; rsvg-convert, Inkscape or Chromium would write PNG too')
    : ok('pictures', `${found} writes PNG`);
};

/** Names of what is set, never a value. */
export const checkModels = (env: Env): Check => {
  const set = ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'AUTOLIFT_MODEL'].filter((name) => env[name]);
  if (set.length === 0) return ok('models', 'no OPENAI_* variable is set; mutate needs none');
  return ok('models', `${set.join(', ')} ${set.length === 1 ? 'is' : 'are'} set`);
};
