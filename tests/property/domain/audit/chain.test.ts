import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../../src/domain/audit/canonical-json.js';
import { brokenLink } from '../../../../src/domain/audit/chain.js';
import type { AuditRecord } from '../../../../src/contract/audit.js';
import { honestLog, sha256 } from '../../../support/audit-records.js';

const LOG = honestLog();
const index = fc.nat(LOG.length - 1);

test('any edit of any field of any record breaks the chain', () => {
  fc.assert(
    fc.property(index, fc.nat(30), fc.jsonValue(), (at, field, value) => {
      const record = LOG[at] as AuditRecord & Record<string, unknown>;
      const keys = Object.keys(record);
      const key = keys[field % keys.length] ?? '';
      fc.pre(
        JSON.stringify(record[key]) !== JSON.stringify(value) &&
          canonicalJson(record[key]) !== canonicalJson(value),
      );
      const edited = LOG.with(at, { ...record, [key]: value });
      expect(brokenLink(edited, sha256)).not.toBeNull();
    }),
  );
});

test('any deletion but of the end, and any exchange, breaks the chain', () => {
  fc.assert(
    fc.property(index, index, (a, b) => {
      const [one, other] = [LOG[a], LOG[b]];
      if (one === undefined || other === undefined) throw new Error('no record');
      if (a < LOG.length - 1) expect(brokenLink(LOG.toSpliced(a, 1), sha256)).not.toBeNull();
      if (a !== b) expect(brokenLink(LOG.with(a, other).with(b, one), sha256)).not.toBeNull();
    }),
  );
});

test('canonical JSON does not know the order of keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
