/** Answers as a model that knows its task would give them, by round. */
export const EXPLORED = `Here is what I see.

HYPOTHESIS: short memory
FIELD: combinatorial optimisation
CLAIM: the loops repeat what has just failed
TEST: fewer repetitions

**HYPOTHESIS:** one knob
FIELD: Bandits
CLAIM: one knob pays and is hardly tried
TEST: it is found earlier`;

export const CRITICISED = `HYPOTHESIS: short memory
WEAKNESS: with one knob nothing is left
HYPOTHESIS: one knob
WEAKNESS: noise
CHOSEN: short memory`;

export const SPECIFIED = `NAME: remember
IDEA: what failed last is not tried again at once
SPEC: no state.
Forbid the key of the last trial where it was reverted.`;

export const codeAnswer = (source: string, more = ''): string =>
  `IDEA: what failed last is not tried again at once\n\n\`\`\`js\n${source}\n\`\`\`\n${more}`;
