/** Whether a candidate that is no keep may be the next parent: as annealing accepts it, gain > temperature · ln U. */
export const acceptedAsParent = (
  gain: number | null,
  acceptTemp: number | undefined,
  uniform: number,
): boolean => gain !== null && (acceptTemp ?? 0) > 0 && gain > (acceptTemp ?? 0) * Math.log(1 - uniform);
