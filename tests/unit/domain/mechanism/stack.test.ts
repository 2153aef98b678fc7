import { expect, test } from 'vitest';
import type { Directive } from '../../../../src/contract/mechanism.js';
import { acceptedAsParent } from '../../../../src/domain/mechanism/accepted-as-parent.js';
import { stackSource, withParams } from '../../../../src/domain/mechanism/stack.js';
import { contextOf } from '../../../support/mechanism-context.js';
import { load, loadSource, sourceOf } from '../../../support/mechanism-library.js';

const says = (name: string, directive: Omit<Directive, 'why'>) => ({
  name,
  source: `export const meta = { name: '${name}', domain: 'test', params: {} };
export const init = () => 0;
export const propose = (_, n) => [${JSON.stringify({ ...directive, why: name })}, n + 1];
export const observe = (_, n) => n;
`,
});

const lr = { knob: 'lr', step: 1 };
const act = { knob: 'act', to: 'gelu' };

const answer = async (members: ReturnType<typeof says>[], t = 0, decides: 'first' | 'rotate' = 'first') => {
  const stack = await loadSource(stackSource(members, decides));
  const context = contextOf({ t });
  return stack.propose(context, stack.init(context));
};

test('the first mover decides; restraints behind it do not bind it', async () => {
  const [directive] = await answer([
    says('a', { move: [lr] }),
    says('b', { move: [act], forbid: [{ knob: 'lr' }] }),
  ]);
  expect(directive.move).toEqual([lr]);
  expect(directive.forbid).toEqual([]);
});

test('a restraint binds the movers behind it', async () => {
  const [directive] = await answer([
    says('a', { forbid: [{ key: 'lr+' }] }),
    says('b', { move: [lr] }),
    says('c', { move: [act] }),
  ]);
  expect(directive).toMatchObject({ move: [act], forbid: [{ key: 'lr+' }], why: 'a; b; c' });
});

test('who decides can go round', async () => {
  const members = [says('a', { move: [lr] }), says('b', { move: [act] })];
  expect((await answer(members, 1, 'rotate'))[0].move).toEqual([act]);
  expect((await answer(members, 2, 'rotate'))[0].move).toEqual([lr]);
});

test('each member keeps its own state and draws its own numbers', async () => {
  const [, state] = await answer([says('a', {}), says('b', {})]);
  expect(state).toEqual([1, 1]);
});

test('parameters of a source can be set without touching the rest', async () => {
  const { meta } = await loadSource(withParams(sourceOf('tabu'), { length: 3 }));
  expect(meta).toEqual({ ...(await load('tabu')).meta, params: { length: 3 } });
});

test('annealing accepts what is worse by less than the temperature times -ln U', () => {
  expect(acceptedAsParent(-0.1, 0.1, 0.7)).toBe(true);
  expect(acceptedAsParent(-0.1, 0.1, 0.6)).toBe(false);
  expect(acceptedAsParent(null, 0.1, 0.99)).toBe(false);
  expect(acceptedAsParent(-0.1, undefined, 0.99)).toBe(false);
});
