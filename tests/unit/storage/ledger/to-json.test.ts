import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeUrl } from '../../../../src/storage/ledger/describe-url.js';
import { toJson } from '../../../../src/storage/ledger/to-json.js';

test('only what jsonb refuses is replaced', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: fc.constantFrom('\0', '\\', 'u', '0', 'd', '8', '"', '\ud83d', '\ude00', '\n') }),
      ),
      (texts) => {
        const readable = texts.map((text) => text.replace(/[\0\p{Cs}]/gu, '\ufffd'));
        expect(JSON.parse(toJson(texts))).toEqual(readable);
      },
    ),
  );
});

test('an address is shown without its password', () => {
  expect(describeUrl('postgresql://ada:s3cret@db.example:5433/lab?password=s3cret&sslmode=require')).toBe(
    'postgresql://ada@db.example:5433/lab',
  );
  expect(describeUrl('postgresql:///lab?host=/run/postgresql')).toBe('postgresql:///run/postgresql/lab');
  expect(describeUrl('not an address s3cret')).toBe('DATABASE_URL');
});
