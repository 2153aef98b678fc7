import type { RoundKind } from '../../contract/dialogue.js';
import { FIELDS } from './fields.js';

const CODE = `IDEA: one line that says what the mechanism does and why it should help

\`\`\`js
the whole module
\`\`\`

Only if the specification changes settings, also the whole new process.yaml:

\`\`\`yaml
its content
\`\`\``;

const FORMATS: Readonly<Record<RoundKind, string>> = {
  explore: `Explore. From the search state and the traces, name three to five hypotheses why the loops below get stuck and which search
mechanism would help, each from a field of its own: ${FIELDS.join(', ')}.
Answer in this form, once for each hypothesis:

HYPOTHESIS: a short name
FIELD: one of the fields above
CLAIM: what the traces show, and what the mechanism would do about it
TEST: what would be seen in the next loops if it is true`,
  criticise: `Criticise. For each hypothesis say what will go wrong: noise, budget, settings that don't exist, what was tried already.
Then choose one. Answer in this form:

HYPOTHESIS: its name
WEAKNESS: what will go wrong
(once for each)
CHOSEN: the name of one of them`,
  specify: `Specify the chosen mechanism so that somebody else could write it: its state, when it acts, what it asks for, its parameters, what
it does without trials, with crashes, with one knob. Answer in this form:

NAME: a short name
IDEA: one line that says what it does and why it should help
SPEC: the specification, as many lines as it takes`,
  code: `Write the code of what was specified. Answer in this form:\n\n${CODE}`,
  repair: `Repair it: what was written could not be used, for the reason given. Mend the cause, not the message.
Answer in this form:\n\n${CODE}`,
};

/** What a round asks for, and how its answer has to look. */
export const roundFormat = (round: RoundKind): string => FORMATS[round];
