/** The loop that most commands take; left out, it is the only running one, else the latest. */
export const LOOP = {
  type: 'positional',
  required: false,
  description: 'id of the loop, or its task or tag; default: the one that runs, else the latest',
} as const;
