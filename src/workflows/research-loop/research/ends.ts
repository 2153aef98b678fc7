import { withoutEndsOf, type Wanted } from '../../../domain/research/ended-below.js';
import type { ChildEnd } from '../../../contract/loop.js';
import type { Loop } from '../loop.js';

/** Kept until its experiment has its row: whatever halts that, nothing below is run twice. */
export const keepEnd = (loop: Loop, wanted: Wanted, end: ChildEnd): void => {
  loop.state = { ...loop.state, below: [...(loop.state.below ?? []), { ...wanted, end }] };
};

export const forgetEnds = (loop: Loop, experiment: number): void => {
  const { below, ...state } = loop.state;
  if (below === undefined) return;
  const rest = withoutEndsOf({ loop: loop.input.loop, experiment }, below);
  loop.state = rest.length === 0 ? state : { ...state, below: rest };
};
