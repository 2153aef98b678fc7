import { expect, test } from 'vitest';
import { knownFiles, refuseLinks } from '../../../../src/storage/method/known-files.js';

test('a link in a section of a method is told, and none beside it', () => {
  expect(() => {
    refuseLinks(['process/mechanism.js'], 'm');
  }).toThrow(/process\/mechanism\.js is a link/);
  expect(() => {
    refuseLinks(['process'], 'm');
  }).toThrow(/process is a link/);
  expect(() => {
    refuseLinks(['notes.md', 'processes'], 'm');
  }).not.toThrow();
});

test('a file in a section that no method has is a slip of the pen', () => {
  expect(() => knownFiles([['process/proces.yaml', '']], 'm')).toThrow(/no file process\/proces\.yaml/);
});
