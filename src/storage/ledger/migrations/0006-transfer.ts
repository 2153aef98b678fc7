/** Runs of a loop's kept changes on other device classes. They belong to no experiment: no standing is read from here. */
export const transfer = `
CREATE TABLE autolift.transfer_runs (
  id text NOT NULL,
  loop text NOT NULL REFERENCES autolift.loops,
  device_class text NOT NULL,
  artifact text NOT NULL,
  pair integer NOT NULL,
  commit text NOT NULL,
  status text NOT NULL,
  value double precision,
  origin text NOT NULL,
  run jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, device_class, artifact, pair)
);
CREATE INDEX transfer_runs_loop ON autolift.transfer_runs (loop);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON autolift.transfer_runs
  FOR EACH STATEMENT EXECUTE FUNCTION autolift.refuse_change();
`;
