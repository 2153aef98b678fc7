/** Who proposes a promotion, in the ledger's words. */
export const PROMOTION = 'promotion';
