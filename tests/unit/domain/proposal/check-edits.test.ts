import { expect, test } from 'vitest';
import type { Edit } from '../../../../src/contract/proposal.js';
import { checkEdits, type EditRules } from '../../../../src/domain/proposal/check-edits.js';

const RULES: EditRules = {
  files: [
    { path: 'train.py', mode: '100644' },
    { path: 'run.sh', mode: '100755' },
    { path: 'Src/model.py', mode: '100644' },
    { path: 'caf\u00e9.py', mode: '100644' },
    { path: 'aux.py', mode: '100644' },
    { path: 'link', mode: '120000' },
    { path: 'vendor/lib', mode: '160000' },
    { path: 'evaluate.py', mode: '100644' },
  ],
  isEditable: (path) => path !== 'evaluate.py',
  maxFileSize: 100,
  isUnchanged: (path, content) => path === 'train.py' && content === 'x = 1\n',
};

const write = (path: string, content = 'new'): Edit => ({ kind: 'write', path, content });
const remove = (path: string): Edit => ({ kind: 'delete', path });

const REFUSED: [string, Edit[], RegExp][] = [
  ['an absolute path', [write('/etc/passwd')], /"\/etc\/passwd" is absolute/],
  ['a drive letter', [write('C:/x')], /is absolute/],
  ['a way out', [write('../x')], /has a "\.\." segment/],
  ['a way out further down', [write('a/../../x')], /has a "\.\." segment/],
  ['a dot segment', [write('./train.py')], /has a "\." segment/],
  ['an empty segment', [write('a//b')], /has an empty segment/],
  ['a trailing slash', [write('a/')], /has an empty segment/],
  ['an empty path', [write('')], /"" is empty/],
  ['a backslash', [write('a\\b')], /has a backslash/],
  ['a NUL', [write('a\0b')], /"a\\u0000b" has a control or invisible character/],
  ['a line break', [write('a\nb')], /has a control or invisible/],
  ['a zero-width space', [write('.g\u200bit/config')], /has a control or invisible/],
  ['a right-to-left mark', [write('a\u202eyp.x')], /has a control or invisible/],
  ['half a surrogate pair', [write('a\ud800')], /has a control or invisible/],
  ['the git directory', [write('.git/hooks/pre-commit')], /which git reads/],
  ['the git directory in capitals', [write('sub/.GIT/config')], /which git reads/],
  ['the git directory with a trailing dot', [write('.git./config')], /which git reads/],
  ['the git directory with trailing spaces', [write('.git  /config')], /which git reads/],
  ['the git directory as a stream', [write('.git::$INDEX_ALLOCATION/config')], /which git reads/],
  ['the git directory by its short name', [write('GIT~1/config')], /which git reads/],
  ['attributes', [write('sub/.gitattributes')], /which git reads/],
  ['attributes by their short name', [write('GITATT~1')], /which git reads/],
  ['submodule settings', [write('.gitmodules')], /which git reads/],
  ['a symlink', [write('link')], /"link" is a symlink/],
  ['deleting a symlink', [remove('link')], /"link" is a symlink/],
  ['a path under a symlink', [write('link/x')], /lies under "link", which is a symlink/],
  ['a submodule', [write('vendor/lib')], /is a submodule/],
  ['a path under a submodule', [write('vendor/lib/x.py')], /lies under "vendor\/lib", which is a submodule/],
  ['a path under a file', [write('train.py/x')], /lies under "train.py", which is a file/],
  ['a file in place of a folder', [write('Src')], /"Src" is a folder/],
  ['a path under a new file', [write('n'), write('n/x')], /lies under "n", which is a file/],
  ['a new file in place of a new folder', [write('n/x'), write('n')], /"n" is a folder/],
  ['another case of a file', [write('TRAIN.py')], /clashes with "train.py"/],
  ['another case of a folder', [write('src/other.py')], /clashes with "Src"/],
  ['another case of a new file', [write('New.py'), write('new.py')], /clashes with "New.py"/],
  ['another Unicode spelling', [write('cafe\u0301.py')], /clashes with "café.py"/],
  ['a capital sharp s', [write('stra\u00dfe'), write('STRASSE')], /clashes with "straße"/],
  ['a device name', [write('sub/con.txt')], /a device on Windows/],
  ['a numbered device', [write('COM1')], /a device on Windows/],
  ['a character that Windows forbids', [write('a?.py')], /Windows does not allow/],
  ['a trailing dot', [write('sub./x')], /ends with a dot or a space/],
  ['a trailing space', [write('sub/x ')], /ends with a dot or a space/],
  ['a long path', [write(`${'a/'.repeat(600)}x`)], /is longer than 1000 bytes/],
  ['a long segment', [write('ä'.repeat(128))], /segment of more than 255 bytes/],
  ['a large file', [write('train.py', 'ä'.repeat(51))], /gets 102 bytes; a file may have 100/],
  ['broken text', [write('train.py', 'a\udc00')], /not valid text/],
  ['a protected file', [write('train.py'), write('evaluate.py')], /"evaluate.py" is not editable/],
  ['deleting a protected file', [remove('evaluate.py')], /"evaluate.py" is not editable/],
  ['deleting nothing', [remove('nothing.py')], /"nothing.py" cannot be deleted/],
  ['one path twice', [write('train.py'), remove('train.py')], /"train.py" is edited twice/],
  ['too many files', Array.from({ length: 65 }, (_, n) => write(`f${String(n)}`)), /changes 65 files/],
];

test.each(REFUSED)('%s is refused with a reason', (_, edits, reason) => {
  const checked = checkEdits(edits, RULES);
  expect(checked.status).toBe('refused');
  expect(checked).toHaveProperty('reason', expect.stringMatching(reason));
});

const ALLOWED: [string, Edit[]][] = [
  ['an edit of a file', [write('train.py')]],
  ['an edit of an executable', [write('run.sh')]],
  ['new files in new folders', [write('a/b/c.py'), write('a/b/d.py'), write('Src/e.py')]],
  ['a deletion', [remove('Src/model.py')]],
  ['a name that the repository has already, however unwise', [write('aux.py')]],
  [
    'a name that only looks like git',
    [write('.github/x.yml'), write('.gitignore'), write('git~x'), write('.gitfoo')],
  ],
  ['names in any script', [write('größe/模型.py')]],
  ['an empty file', [write('empty', '')]],
];

test.each(ALLOWED)('%s is allowed', (_, edits) => {
  expect(checkEdits(edits, RULES)).toEqual({ status: 'ok', edits });
});

test('edits that change nothing are dropped, and a proposal of only these is no change', () => {
  const same = write('train.py', 'x = 1\n');
  expect(checkEdits([same, write('run.sh')], RULES)).toEqual({ status: 'ok', edits: [write('run.sh')] });
  expect(checkEdits([same], RULES)).toMatchObject({ status: 'no_change' });
  expect(checkEdits([], RULES)).toMatchObject({ status: 'no_change' });
});

test('a long path is not repeated whole in its reason', () => {
  const checked = checkEdits([write('x'.repeat(5000))], RULES);
  expect(checked.status === 'refused' && checked.reason.length < 300).toBe(true);
});
