/** How each run went: its last step and loss, and the attempts that it took; null where nothing is known of it. */
export const courses = `
ALTER TABLE autolift.measurements ADD COLUMN course jsonb;`;
