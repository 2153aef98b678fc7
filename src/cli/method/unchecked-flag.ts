/** For who knows better than the simulator, or needs one that fails as a control. */
export const UNCHECKED_FLAG = {
  type: 'boolean',
  description: 'use a mechanism that loads, also where one of gates G3 to G7 refuses it',
} as const;
