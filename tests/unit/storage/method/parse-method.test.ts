import { expect, test } from 'vitest';
import { UserError } from '../../../../src/contract/user-error.js';
import type { MethodFiles } from '../../../../src/contract/method.js';
import { methodHash, parseMethod } from '../../../../src/storage/method/index.js';

const faultOf = (files: MethodFiles): UserError => {
  try {
    parseMethod(files, 'm');
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error('nothing was refused');
};

test('a method without files changes nothing and is a method all the same', () => {
  const method = parseMethod({}, 'm');
  expect(method.mechanism).toBeNull();
  expect(method.process.freeze).toEqual([]);
  expect(method.process.acceptance).toBeUndefined();
});

test('an unknown key is refused with its file, its place and the known ones', () => {
  const fault = faultOf({ 'process/process.yaml': 'acceptence: { rule: strict }' });
  expect(fault.where).toBe('m: process/process.yaml: acceptence');
  expect(fault.what).toBe('unknown key "acceptence"');
  expect(fault.fix).toContain('acceptance');
  expect(faultOf({ 'agent/agent.yaml': 'context: { kepes: 1 }' }).where).toBe(
    'm: agent/agent.yaml: context.kepes',
  );
});

test('a wrong value is refused at its key', () => {
  expect(faultOf({ 'process/process.yaml': 'batch: many' }).where).toBe('m: process/process.yaml: batch');
  expect(faultOf({ 'objective/objective.yaml': 'limits: [{ metric: x }]' }).what).toBe('give max or min');
  expect(faultOf({ 'data/data.yaml': 'cases: [\n' }).what).toMatch(/^not valid YAML/);
});

test('what guards against rules that keep noise is no business of a method', () => {
  expect(faultOf({ 'process/process.yaml': 'acceptance: { falseKeeps: 1 }' }).what).toContain('falseKeeps');
});

test('the hash tells what is said, not how it is written', () => {
  const hash = (text: string): string => methodHash(parseMethod({ 'process/process.yaml': text }, 'm'));
  const one = hash('batch: 2\nahead: 1\n');
  expect(hash('# a comment\nahead: 1\nbatch: 2')).toBe(one);
  expect(hash('batch: 3\nahead: 1')).not.toBe(one);
});

test('a mechanism is known by its name and the hash of its source', () => {
  const source = "export default { meta: { name: 'tabu', domain: 'search' } };";
  const { mechanism } = parseMethod({ 'process/mechanism.js': source }, 'm');
  expect(mechanism).toMatchObject({ name: 'tabu', source });
  expect(mechanism?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(faultOf({ 'process/mechanism.js': '/'.repeat(70_000) }).what).toContain('70000 bytes');
});
