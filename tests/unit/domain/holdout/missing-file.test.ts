import { expect, test } from 'vitest';
import { missingFile } from '../../../../src/domain/holdout/missing-file.js';

const vault = {
  files: ['vault.yaml', 'score.py', 'lib/judge.sh'],
  isSeen: (path: string) => path.startsWith('/usr/') || path.startsWith('/opt/conda/'),
};

test.each([
  ['python3 scorer.py', 'there is no file scorer.py in the vault'],
  ['exec python3 -u lib/score.py --fast', 'there is no file lib/score.py in the vault'],
  ['./judge.sh', 'there is no file ./judge.sh in the vault'],
  ['/vault/judge.sh', 'there is no file /vault/judge.sh in the vault'],
  ['python3 ../score.py', '../score.py is not in the vault'],
  ['lib/../../score.py', 'lib/../../score.py is not in the vault'],
  ['python3 /home/ann/score.py', '/home/ann/score.py is not in the vault'],
  ['/home/ann/judge', '/home/ann/judge is not in the vault'],
  ['/opt/condas/bin/python score.py', '/opt/condas/bin/python is not in the vault'],
  ["sh -c 'python3 scorer.py'", 'there is no file scorer.py in the vault'],
])('%s: %s', (command, fault) => {
  expect(missingFile(command, vault)).toBe(fault);
});

test.each([
  'python3 score.py',
  'LANG=C /opt/conda/bin/python ./lib/../score.py',
  '/usr/bin/python3 /vault/score.py',
  'lib/judge.sh --of nothing.py',
  'python3 -c "print(1)" absent.py',
  'cd lib && sh judge.sh',
  'judge made-by-somebody.py',
  'if true; then python3 x.py; fi',
])('%s names nothing that is known to be missing', (command) => {
  expect(missingFile(command, vault)).toBeNull();
});
