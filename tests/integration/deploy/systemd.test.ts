import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from './compose-file.js';
import { sourcesNaming } from './source-files.js';

const FOLDER = `${ROOT}deploy/systemd/`;
const files = readdirSync(FOLDER);
const units = files.filter((file) => file.endsWith('.service'));

/** All values that a key has in a unit. */
const valuesOf = (unit: string, key: string): string[] =>
  [...readFileSync(FOLDER + unit, 'utf8').matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(
    ([, value = '']) => value,
  );

test.each(units)(
  '%s starts a program that there is, again and again, as a user without more rights',
  (unit) => {
    const [start = ''] = valuesOf(unit, 'ExecStart');
    const [, script, kind] = /\/(bin\/autolift\.mjs) worker (control|steward)$/.exec(start) ?? [];
    if (script) expect(existsSync(ROOT + script) && kind).toBeTruthy();
    else {
      expect(start).toMatch(/\/bin\/autolift-device$/);
      expect(readFileSync(`${ROOT}python-gpu-activity/pyproject.toml`, 'utf8')).toMatch(
        /^autolift-device = /m,
      );
    }
    expect(valuesOf(unit, 'Restart')).toEqual(['always']);
    expect(valuesOf(unit, 'StartLimitIntervalSec')).toEqual(['0']);
    expect(valuesOf(unit, 'NoNewPrivileges')).toEqual(['yes']);
    expect(valuesOf(unit, 'User')[0]).toMatch(/^autolift/);
  },
);

test('the steward is another user than the workers that it is to be hidden from', () => {
  const steward = valuesOf('autolift-steward.service', 'User');
  for (const unit of units)
    if (!unit.includes('steward')) expect(valuesOf(unit, 'User')).not.toEqual(steward);
});

test('nothing forbids a device worker the namespaces that sandboxes are made of', () => {
  const text = readFileSync(`${FOLDER}autolift-device.service`, 'utf8');
  expect(text).not.toMatch(/^(RestrictNamespaces|PrivateDevices|ProtectKernelTunables|SystemCallFilter)=/m);
});

const examples = files.filter((file) => file.endsWith('.env.example'));

test.each(examples)('%s holds no secret, and each of its variables is read by somebody', (file) => {
  const lines = [...readFileSync(FOLDER + file, 'utf8').matchAll(/^#?([A-Z_]+)=(.*)$/gm)];
  expect(lines.length).toBeGreaterThan(3);
  for (const [, name = '', value] of lines) {
    if (/KEY(_ID)?$|SECRET|TOKEN/.test(name)) expect(value, name).toBe('');
    if (!/^(TEMPORAL|AWS)_/.test(name)) expect(sourcesNaming(name), name).not.toEqual([]);
  }
});

test('a device host is told neither the database nor a model’s key', () => {
  expect(readFileSync(`${FOLDER}device.env.example`, 'utf8')).not.toMatch(/DATABASE|OPENAI|GIT_REMOTE/);
});
