import { describe, expect, test } from 'vitest';
import { random } from '../../../../src/domain/random.js';
import { composeSource } from '../../../../src/domain/simulation/grammar/compose.js';
import { DEFECTS, withDefect } from '../../../../src/domain/simulation/grammar/defects.js';
import { RULE_NAMES } from '../../../../src/domain/simulation/grammar/rules.js';
import { openInstance } from '../../../../src/domain/simulation/instance.js';
import { TRAIN } from '../../../../src/domain/simulation/families.js';
import { PLAIN } from '../../../../src/domain/simulation/loop-setting.js';
import { DEFAULTS } from '../../../../src/domain/simulation/parameters.js';
import { runLoop } from '../../../../src/domain/simulation/run-loop.js';
import { LIBRARY, loadSource, sourceOf } from '../../../support/mechanism-library.js';

test('the grammar composes eleven rules, all of the library', () => {
  expect(RULE_NAMES).toHaveLength(11);
  for (const name of RULE_NAMES) expect(LIBRARY).toContain(name);
});

test('what it composes runs a whole loop without a fault', async () => {
  const draw = random('grammar test');
  const used = new Set<string>();
  for (let i = 0; i < 30; i++) {
    const mechanism = await loadSource(composeSource(draw, sourceOf));
    const members = mechanism.meta.params['members'];
    for (const name of Array.isArray(members) ? members : []) used.add(String(name));
    for (const family of TRAIN) {
      const instance = openInstance(family, `grammar/${String(i)}`);
      const { record } = runLoop({ ...PLAIN, parameters: DEFAULTS, mechanism, instance });
      expect(record.faults).toEqual([]);
    }
  }
  expect(used.size).toBe(11);
});

describe.each(DEFECTS)('a source with the defect %s', (defect) => {
  test('is another text each, and what it did before is still in it', () => {
    const draw = random('defect test', defect);
    const clean = composeSource(draw, sourceOf);
    for (let i = 0; i < 8; i++) {
      const broken = withDefect(clean, defect, draw);
      expect(broken).not.toBe(clean);
      expect(broken.length).toBeGreaterThan(clean.length / 2);
    }
  });
});

test('a syntax error is one', async () => {
  const draw = random('syntax test');
  for (let i = 0; i < 12; i++) {
    await expect(loadSource(withDefect(composeSource(draw, sourceOf), 'syntax', draw))).rejects.toThrow();
  }
});
