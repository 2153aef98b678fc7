import { expect, test } from 'vitest';
import { checkSource as check } from '../../support/check-source.js';
import { mechanismSource } from '../../support/mechanism-source.js';

test.each([
  ['everything is forbidden', 'forbid: c.space.map(({ id }) => ({ knob: id }))'],
  [
    'everything is forbidden, move by move',
    "forbid: c.space.flatMap((k) => k.kind === 'choice' ? [{ knob: k.id }] : [{ key: `${k.id}+` }, { key: `${k.id}-` }])",
  ],
  ['one weight for all', 'prefer: c.space.map(({ id }) => ({ p: { knob: id }, w: 3 })), batch: 2'],
  ['the incumbent as the parent', 'parent: c.incumbent.id, fidelity: 1, acceptTemp: 0'],
  ['one sentence for ever', "hint: 'Think of something new.'"],
  ['one sentence from the second trial on', "...(c.t > 0 && { hint: 'Look at the failures.' })"],
  [
    'a weight that nobody could tell',
    'prefer: c.space.slice(0, 1).map(({ id }) => ({ p: { knob: id }, w: 1.0000001 }))',
  ],
  ['a temperature at which nothing is accepted', 'acceptTemp: c.noise.sigma * 1e-9'],
  ['the least temperature that there is', 'acceptTemp: 5e-324'],
  ['a hint of blanks', "hint: ' \\u200b'.repeat(1 + (c.t % 7))"],
  ['the number of the trial', 'hint: `Trial ${c.t} of ${c.T}`'],
  ['a number of chance', 'hint: `Lucky number ${c.rnd[0]}`'],
  ['two sentences in turns', "hint: c.t % 2 ? 'Try something new.' : 'Try something else.'"],
  [
    'a move before the first trial and none after',
    '...(c.t === 0 && { forbid: c.space.slice(0, 1).map(({ id }) => ({ knob: id })) })',
  ],
])('a directive that changes nothing: %s', async (_, acts) => {
  const report = await check(mechanismSource({ propose: `return [{ ${acts}, why: 'busy' }, s];` }));
  expect(report.finding).toMatchObject({ gate: 'G6', verdict: 'inert' });
});

test.each([
  ['a hint where it had none', "hint: 'mind the last failure',"],
  ['a word before the first trial', '...(c.t === 0 && { prefer: [{ p: { knob: c.space[0]?.id }, w: 2 }] }),'],
  ['restraints that restrain nothing', 'prefer: c.space.map(({ id }) => ({ p: { knob: id }, w: 2 })),'],
  ['a temperature at which nothing is accepted', 'acceptTemp: 1e-300,'],
  ['a hint that names one knob for ever', 'hint: `look at ${c.space[0].id}`,'],
])('a copy with %s', async (_, more) => {
  const last = `const last = c.trials.at(-1);
    const forbid = last?.status === 'revert' && last.key !== '' ? [{ key: last.key }] : [];`;
  const source = mechanismSource({
    propose: `${last} if (c.space.length === 0) return [{ forbid, why: '' }, s];
      return [{ forbid, ${more} why: 'in other words' }, s];`,
  });
  const incumbent = mechanismSource();
  expect((await check(source, { incumbent })).finding).toMatchObject({ gate: 'G6', verdict: 'copy' });
  expect((await check(source)).finding).toBeNull();
});

test('a copy whose restraints are weights of nearly nothing', async () => {
  const source = mechanismSource({
    propose: `const last = c.trials.at(-1);
      const prefer = last?.status === 'revert' && last.key !== '' ? [{ p: { key: last.key }, w: 1e-30 }] : [];
      return [{ prefer, why: '' }, s];`,
  });
  const report = await check(source, { incumbent: mechanismSource() });
  expect(report.finding).toMatchObject({ gate: 'G6', verdict: 'copy' });
});

test.each([
  ['the last third of the budget', 'c.t < 0.7 * c.T'],
  ['what is left of the budget', 'c.budgetLeft > 0.3'],
  [
    'the twenty-fifth failure in a row',
    "c.trials.slice(-25).filter((one) => one.status !== 'keep').length < 25",
  ],
])('one that waits for %s is alive', async (_, waits) => {
  const last =
    "const last = c.trials.at(-1); const forbid = last?.status === 'revert' ? [{ key: last.key }] : [];";
  const late = mechanismSource({
    propose: `if (${waits}) return [{ why: 'wait' }, s]; ${last} return [{ forbid, why: '' }, s];`,
  });
  expect((await check(late)).finding).toBeNull();
  expect((await check(late, { incumbent: late })).finding).toMatchObject({ verdict: 'copy' });
  const both = mechanismSource({
    propose: `const early = c.trials.at(-2)?.key ?? ''; const forbid = early === '' ? [] : [{ key: early }];
      if (${waits}) return [{ forbid, why: '' }, s];
      return [{ forbid, prefer: c.space.slice(0, 1).map(({ id }) => ({ p: { knob: id }, w: 9 })), why: '' }, s];`,
  });
  const alone = mechanismSource({
    propose: `const early = c.trials.at(-2)?.key ?? ''; const forbid = early === '' ? [] : [{ key: early }];
      return [{ forbid, why: '' }, s];`,
  });
  expect((await check(both, { incumbent: alone })).finding).toBeNull();
});

test('a hint that follows from the trials is alive', async () => {
  const source = mechanismSource({
    propose:
      "const last = c.trials.at(-1); return [{ hint: last ? `not ${last.key} again`.slice(0, 280) : '', why: '' }, s];",
  });
  expect((await check(source)).finding).toBeNull();
});
