import { LIMITS } from '../mechanism/limits.js';

/** What a mechanism is, as a model is told; contract/mechanism.ts says the same to a compiler. */
export const INTERFACE = `A search mechanism is one JavaScript module, asked before every experiment what the next one is to be:

export const meta = { name: '…', domain: '…', params: { … } };
export const init = (context) => state;
export const propose = (context, state) => [directive, state];
export const observe = (trial, state) => state;

context: { t, T, budgetLeft, space, incumbent, trials, elites, noise, operators, rnd, priorStats }
  t, T          experiments so far, and how many there will be
  space         knobs { id, kind: 'number' | 'integer' | 'choice', values?, range?, group? }
  incumbent     { id, config, mean, se, n }; config: settings by knob, or null
  trials        the last ${String(LIMITS.trials)}: { id, parentId, moves, key, config, operator, scores, dy, status, fidelity, cost, reason? }
                scores { mean, se, n, perTask? } or null, higher is better; dy: gain over its parent or null
                status 'keep' | 'revert' | 'crash' | 'dup'; dup with reason 'pending' has no verdict yet
                moves [{ knob, step } | { knob, to }]; a move's key: 'lr+', 'lr-', 'lr+2', 'act=relu'; key: all of them sorted
  elites        trials that were kept once: { id, config, mean }
  noise         { sigma, rho }
  rnd           ${String(LIMITS.rnd)} random numbers in 0 … 2^32-1, new ones for each call: the only chance there is
  priorStats    times proposed, by a move's key

directive: { why: '…' } alone changes nothing; beside it
  forbid        patterns { key } | { knob } | { group } that the next proposal must not be: enforced
  prefer        [{ p: pattern, w }]: weights multiply
  move          the next candidate itself, at most ${String(LIMITS.moves)} moves of knobs that are in space: enforced
  parent        id of an elite to start from;   operator: one of context.operators
  acceptTemp    accept a candidate that is worse by less than this · -ln U as the next parent
  fidelity      share of a run for the next candidate, above 0 and at most 1; what had less than a whole run is never kept
  replicate     { id, n }: instead of a proposal measure a trial again n times: a trial of its own, dup with reason 'again'; one that never
                had a whole run is judged on it
  batch         proposals until the next call, at most ${String(LIMITS.batch)};   hint: at most ${String(LIMITS.hint)} characters for a proposer that reads

It is a pure reducer: no import, no clock, no Math.random, no host, no global that it changes; what it remembers is its state, JSON of at
most ${String(LIMITS.state / 1024)} KB. Context and trials are frozen: copy before sorting. Every context is possible: no trials, T = 1, crashes only,
scores null, config null, an empty space, one knob. Each call has fuel for about a million loop turns, and 24 MB.
A mechanism that never changes what comes next is refused as inert: to forbid everything is lifted, one weight for all moves and the only
operator choose nothing, a sentence that is always the same is a prompt. One that changes what the present one changes is a copy, however it is written.`;
