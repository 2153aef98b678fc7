import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderReport } from '../../../../src/report/html/render-report.js';
import { diffsOf, loopRecord, type RecordOptions } from '../../../support/loop-record.js';
import { HOSTILE } from '../../../fixtures/report/texts.js';

const report = (options: RecordOptions, diff?: string): string => {
  const record = loopRecord(options);
  return renderReport({ record, diffs: diffsOf(record, diff), generatedAt: Date.UTC(2026, 3, 6) });
};

test('the page names task, goal, loop, state, best, baseline, gain and how the score was obtained', () => {
  const html = report({ experiments: 40 });
  for (const text of [
    'tiny-gpt',
    'Lowest validation bits',
    'tiny-gpt/apr5',
    '<span class="state done">done</span>',
    'incumbent, experiment 37',
  ]) {
    expect(html).toContain(text);
  }
  expect(html).toContain('<b>measured</b> by the protected evaluator');
  expect(html).toMatch(/class="value">\+\d\.\d\d %</);
});

test('a score that the candidate printed itself is labelled reported', () => {
  const record = loopRecord({ experiments: 3 });
  for (const run of record.experiments.flatMap(({ measurements }) => measurements)) run.origin = 'reported';
  const html = renderReport({ record, diffs: new Map(), generatedAt: 0 });
  expect(html).toContain('<b>reported</b> by the candidate itself');
  expect(html).not.toContain('<b>measured</b>');
});

test('a loop whose baseline failed says why there is no score', () => {
  const html = report({ experiments: 0, scenario: 'no-baseline' });
  expect(html).toContain('no score yet');
  expect(html).toContain('<span class="state failed">failed</span>');
  expect(html).toContain('the unchanged artifact ended as crash: exit code 1');
});

test('what a row unfolds takes the width of the table and asks for none, so a long line scrolls inside', () => {
  const html = report({ experiments: 2 });
  const rules = (selector: string): string =>
    [...html.matchAll(new RegExp(`(?:^|\\})\\s*${selector}\\{([^}]*)\\}`, 'gm'))]
      .map(([, rule]) => rule)
      .join(';');
  expect(rules('\\.inside')).toMatch(/width:0;min-width:100%/);
  expect(rules('pre')).toMatch(/overflow:auto/);
  expect(rules('body')).toMatch(/overflow-wrap:anywhere/);
  expect(html).toMatch(
    /<details>(?:(?!<\/details>).)*<div class="inside">(?:(?!<\/details>).)*<pre class="log"/s,
  );
});

test('nothing in the page points outside of it', () => {
  const html = report({ experiments: 40 });
  expect(html.match(/\b(?:src|href|action|xlink:href)="[^"#][^"]*"/g)).toBeNull();
  expect(html).not.toMatch(/@import|url\(/);
  expect(html).toContain(`default-src 'none'`);
});

test("the policy admits the page's own script and no other", () => {
  const html = report({ experiments: 2 });
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  expect(html).toContain(`script-src 'sha256-${hash}'`);
  expect(html.match(/<script/g)).toHaveLength(1);
});

test('hostile ideas are shown as the text they are', () => {
  const html = report({ experiments: HOSTILE.length, scenario: 'hostile' });
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('--&gt;&lt;img src=x onerror=alert(3)&gt;');
  expect(html).not.toContain('<img');
  expect(html).not.toContain('\u202e');
});

test('a diff that reorders its letters shows the codes that do it', () => {
  expect(report({ experiments: 3 }, '+if admin\u202e: #')).toContain('<ins>+if admin⟨U+202E⟩: #</ins>');
});

test('a link that is not http is left out', () => {
  const links = [
    { label: 'history', href: 'http://127.0.0.1:8233/x' },
    { label: 'trap', href: 'javascript:alert(1)' },
  ];
  const html = renderReport({
    record: loopRecord({ experiments: 1 }),
    diffs: new Map(),
    generatedAt: 0,
    links,
  });
  expect(html).toContain('href="http://127.0.0.1:8233/x"');
  expect(html).not.toContain('javascript:');
});

test('runs without a sandbox and tampering are said before the curve', () => {
  const html = report({ experiments: 400, sandbox: 'none' });
  const curve = html.indexOf('<svg xmlns');
  for (const notice of ['No sandbox.', 'Tampering was detected']) {
    expect(html.indexOf(notice)).toBeGreaterThan(0);
    expect(html.indexOf(notice)).toBeLessThan(curve);
  }
  expect(report({ experiments: 4 })).not.toContain('No sandbox.');
});

test('a kept experiment with a tampering notice is named', () => {
  const record = loopRecord({ experiments: 20 });
  const kept = record.experiments.find(({ outcome, experiment }) => outcome === 'keep' && experiment > 0);
  kept?.measurements[0]?.tampering.push('evaluate.py was overwritten');
  const html = renderReport({ record, diffs: new Map(), generatedAt: 0 });
  expect(html).toContain(
    `Kept all the same, on a score that was obtained apart from it: #${String(kept?.experiment)}`,
  );
});

test.each([
  ['an empty loop', { experiments: 0 }],
  ['one experiment', { experiments: 1 }],
  ['nothing but crashes', { experiments: 12, scenario: 'crash-only' }],
  ['a baseline that failed', { experiments: 0, scenario: 'no-baseline' }],
] as const)('%s makes a whole page', (_, options) => {
  const html = report(options);
  expect(html).toMatch(/<\/html>\n$/);
  expect(html).not.toMatch(/NaN|Infinity|undefined/);
});

test.each(['plain', 'huge-ideas', 'hostile'] as const)('2,000 %s experiments stay under 5 MB', (scenario) => {
  const html = report({ experiments: 2000, scenario }, `@@ -1 +1 @@\n${'+x = "<漢字>" & y\n'.repeat(4000)}`);
  expect(Buffer.byteLength(html)).toBeLessThan(5_000_000);
  expect(html.match(/<tbody class="x /g)?.length).toBe(2000);
  expect(html).toContain('left out to keep this page small');
});

test('the newest experiment and every keep are in the page of a very long loop', () => {
  const html = report({ experiments: 2600 });
  expect(html).toContain('data-n="2600"');
  expect(html).toContain('601 older experiments are left out here');
});

test('each kept change says what speaks for it', () => {
  const record = loopRecord({ experiments: 40 });
  const kept = record.experiments.find(({ experiment, outcome }) => experiment > 0 && outcome === 'keep');
  if (kept === undefined) throw new Error('the record has no keep');
  kept.reason = 'e-value 32 of 20 (z); a branch that is no better passes at most 5 % of tests';
  const html = renderReport({ record, diffs: new Map(), generatedAt: 0 });
  expect(html.slice(html.indexOf('Kept changes'))).toContain(kept.reason);
});

test('noise that pairs of branch and trunk have set is not said to be that of runs of one artifact', () => {
  const record = loopRecord({ experiments: 3 });
  const [, first] = record.experiments;
  if (first === undefined) throw new Error('no experiment');
  const evidence = { anew: { sigma: 0.75, n: 9 }, promotion: { branch: [], pairs: [], standing: [] } };
  first.proposer = 'promotion';
  first.verdict = { rule: 'branch+promote', options: {}, evidence };
  const html = renderReport({ record, diffs: new Map(), generatedAt: 0 });
  expect(html).toContain('<dd>pairs of branch and trunk, 8 degrees of freedom</dd>');
  expect(html).toContain('one run varies by σ 0.75');
  expect(html).not.toContain('one run of the unchanged artifact varies');
});
