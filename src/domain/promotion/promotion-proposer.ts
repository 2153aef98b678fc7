/** The proposer of a row that tests a branch against the trunk. */
export const PROMOTION = 'promotion';
