/** What a worker is asked: to gate a source, or to run a study. */
import { random } from '../../dist/domain/random.js';
import { PLAN } from '../../dist/domain/simulation/study-plan.js';
import { ARMS, runStudy } from '../../dist/domain/simulation/run-study.js';
import { stackSource } from '../../dist/domain/mechanism/stack.js';
import { checkMechanism } from '../../dist/mechanism-host/check-mechanism.js';
import { openMechanism } from '../../dist/mechanism-host/open-mechanism.js';
import { stuckTraces } from '../../dist/mechanism-host/stuck-traces.js';
import { native } from './native.mjs';
import { sourceOf } from './pool.mjs';

export const gate = async ({ source }) => {
  const { finding } = await checkMechanism({ source }, { open: openMechanism, traces: await stuckTraces() });
  return finding === null ? null : { gate: finding.gate, reason: finding.reason };
};

const member = (name) => ({ name, source: sourceOf(name) });

const fixed = () => ({
  identity: native(sourceOf('identity')),
  handWritten: native(stackSource(['novelty', 'line-search', 'sweep'].map(member), 'first')),
});

/** So many of the accepted, without repeats. */
const drawn = (accepted, count, draw) => {
  const left = [...accepted];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(draw.int(left.length), 1)[0]);
};

export const study = ({ n, accepted, over }) => {
  const plan = { ...PLAN, arms: ARMS, ...over, study: n };
  const sources = drawn(accepted, plan.candidates, random('candidates', n));
  const candidates = sources.map((source) => ({ source, mechanism: native(source) }));
  return runStudy(plan, candidates, fixed());
};
