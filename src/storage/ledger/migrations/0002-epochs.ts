/** Bridges between two versions of an evaluator, accepted or not. */
export const epochs = `
CREATE TABLE autolift.epochs (
  id text PRIMARY KEY,
  loop text NOT NULL REFERENCES autolift.loops,
  epoch integer NOT NULL,
  from_hash text,
  to_hash text,
  decision text NOT NULL,
  why text NOT NULL,
  bridge jsonb NOT NULL,
  scores jsonb NOT NULL,
  decided_at timestamptz NOT NULL
);
CREATE INDEX epochs_loop ON autolift.epochs (loop);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON autolift.epochs
  FOR EACH STATEMENT EXECUTE FUNCTION autolift.refuse_change();
`;
