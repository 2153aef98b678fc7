import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openMechanism } from '../../../src/mechanism-host/open-mechanism.js';
import { contextOf, trialOf } from '../../support/mechanism-context.js';
import { mechanismSource } from '../../support/mechanism-source.js';

const CANARY = 'canary-4f1c2b7e90';

/** Everything that can be reached from what a mechanism holds: its arguments, its own functions, their prototypes. */
const WALK = `
const walk = (root) => {
  const seen = new Set(); const found = []; const next = [root];
  while (next.length > 0 && seen.size < 20000) {
    const one = next.pop();
    if (typeof one === 'string') { found.push(one); continue; }
    if ((typeof one !== 'object' && typeof one !== 'function') || one === null || seen.has(one)) continue;
    seen.add(one);
    try { next.push(Object.getPrototypeOf(one)); } catch {}
    for (const key of Reflect.ownKeys(one)) {
      found.push(String(key));
      try { next.push(one[key]); } catch {}
      try { const d = Object.getOwnPropertyDescriptor(one, key); next.push(d.get, d.set, d.value); } catch {}
    }
  }
  return found;
};
const tries = (path) => {
  const roads = [
    () => require('fs').readFileSync(path, 'utf8'),
    () => process.binding('fs').readFileUtf8(path),
    () => std.loadFile(path),
    () => std.open(path, 'r').readAsString(),
    () => os.open(path, 0),
    () => load(path), () => read(path), () => readFile(path),
    () => new XMLHttpRequest().open('GET', 'file://' + path),
    () => fetch('file://' + path),
    () => importScripts(path),
    () => new Worker(path),
    () => (() => {}).constructor('p', 'return process.mainModule.require("fs").readFileSync(p)')(path),
  ];
  return roads.map((road) => { try { return 'got ' + String(road()); } catch (e) { return e.name; } });
};
`;

test('a mechanism that tries every road to a vault, and looks at all that it can reach, finds nothing of it', async () => {
  const vault = mkdtempSync(join(tmpdir(), 'vault-'));
  const path = join(vault, 'holdout.json');
  writeFileSync(path, CANARY);
  process.env['AUTOLIFT_VAULTS_FOR_A_TEST'] = vault;
  const propose = `return [{ why: JSON.stringify([tries(${JSON.stringify(path)}), walk([c, s, propose, init])]) }, s];`;
  const opened = await openMechanism(mechanismSource({ top: WALK, propose }));
  if (!opened.ok) throw new Error(opened.fault.message);
  const called = opened.value.propose(contextOf({ trials: [trialOf({})] }), { n: 0 });
  delete process.env['AUTOLIFT_VAULTS_FOR_A_TEST'];
  if (!called.ok) throw new Error(called.fault.message);
  const { why } = called.value.directive as { why: string };
  const [roads, reached] = JSON.parse(why) as [string[], string[]];
  expect(roads).toHaveLength(13);
  expect(roads.filter((road) => road.startsWith('got '))).toEqual([]);
  expect(reached.length).toBeGreaterThan(200);
  for (const secret of [CANARY, path, 'AUTOLIFT_VAULTS_FOR_A_TEST'])
    expect(reached.some((text) => text.includes(secret))).toBe(false);
});
