/** What a method asked of a candidate, and what it is; null in loops without one. */
export const steering = `
ALTER TABLE autolift.experiments ADD COLUMN steering jsonb;
`;
