import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderReport } from '../../../../src/report/html/render-report.js';
import { diffsOf, loopRecord } from '../../../support/loop-record.js';
import { HOSTILE } from '../../../fixtures/report/texts.js';
import { tagsOf } from '../../../support/tags-of.js';

const page = (text: string): string => {
  const record = loopRecord({ experiments: 6, seed: 3 });
  const { task } = record.loop.input;
  Object.assign(task, {
    goal: text,
    measure: { ...task.measure, metric: { ...task.measure.metric, name: text } },
  });
  record.loop.loop = text;
  for (const row of record.experiments) {
    Object.assign(row, { idea: text, reason: text, proposer: text, deviceClass: text, commit: text });
    for (const run of row.measurements) {
      Object.assign(run, {
        tail: text,
        detail: text,
        tampering: [text],
        notes: [text],
        metrics: { [text]: 1 },
      });
      Object.assign(run.device, { host: text, id: text });
    }
  }
  record.events.push({ loop: text, seq: 9, kind: 'stopped', text, at: record.loop.openedAt });
  const links = [{ label: text, href: text }];
  return renderReport({ record, diffs: diffsOf(record, `+${text}\n-${text}`), generatedAt: 0, links });
};

const known = new Set(tagsOf(page('harmless')));

const scripts = (html: string): number => html.match(/<\/?(script|style|meta|title|iframe)\b/gi)?.length ?? 0;

const expected = scripts(page('harmless'));

test('no text of a candidate, however written, adds a tag or an attribute to the page', () => {
  const pieces = fc.array(
    fc.oneof(fc.constantFrom(...HOSTILE, '<', '>', '"', "'", '&', '\u0000'), fc.string()),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const html = page(parts.join(''));
      expect(tagsOf(html).filter((tag) => !known.has(tag))).toEqual([]);
      expect(scripts(html)).toBe(expected);
    }),
    { numRuns: 60 },
  );
});
