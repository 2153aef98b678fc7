/** The record of every loop: rows are added, never changed. */
export const ledger = `
CREATE TABLE autolift.loops (
  loop text PRIMARY KEY,
  input jsonb NOT NULL,
  opened_at timestamptz NOT NULL
);

CREATE TABLE autolift.experiments (
  loop text NOT NULL REFERENCES autolift.loops,
  experiment integer NOT NULL,
  -- order of the verdicts, which is not that of the numbers when several run at a time
  position bigint GENERATED ALWAYS AS IDENTITY,
  outcome text NOT NULL,
  reason text NOT NULL,
  proposer text NOT NULL,
  idea text NOT NULL,
  base text NOT NULL,
  base_kind text NOT NULL,
  against integer,
  commit text,
  tree text,
  branch_commit text,
  value double precision,
  verdict jsonb,
  device_class text,
  usage jsonb NOT NULL,
  duplicate_of integer,
  proposed_at timestamptz NOT NULL,
  settled_at timestamptz NOT NULL,
  -- the other way round it would tempt the planner where a loop's rows are wanted in the order of verdicts
  PRIMARY KEY (experiment, loop)
);
CREATE INDEX experiments_tree ON autolift.experiments (tree) WHERE tree IS NOT NULL;
CREATE INDEX experiments_position ON autolift.experiments (loop, position);

-- no foreign key to experiments: one statement writes both, and the check's cached plan reads the whole table
CREATE TABLE autolift.measurements (
  loop text NOT NULL,
  experiment integer NOT NULL,
  role text NOT NULL,
  index integer NOT NULL,
  commit text NOT NULL,
  seed bigint NOT NULL,
  status text NOT NULL,
  value double precision,
  origin text NOT NULL,
  device_class text NOT NULL,
  device_seconds double precision NOT NULL,
  detail text NOT NULL,
  metrics jsonb NOT NULL,
  tail text NOT NULL,
  log jsonb,
  evaluator_log jsonb,
  evaluator_hash text,
  peak_memory_bytes bigint NOT NULL,
  exit_code bigint,
  device jsonb NOT NULL,
  sandbox text NOT NULL,
  tampering jsonb NOT NULL,
  notes jsonb NOT NULL,
  started_at text NOT NULL,
  seconds jsonb NOT NULL,
  PRIMARY KEY (loop, experiment, role, index)
);

CREATE TABLE autolift.model_calls (
  key text PRIMARY KEY,
  loop text NOT NULL REFERENCES autolift.loops,
  experiment integer NOT NULL,
  model text NOT NULL,
  status text NOT NULL,
  input_tokens bigint NOT NULL,
  cached_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  dollars double precision NOT NULL,
  milliseconds double precision NOT NULL,
  transcript jsonb,
  called_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX model_calls_loop ON autolift.model_calls (loop);

CREATE TABLE autolift.loop_events (
  loop text NOT NULL REFERENCES autolift.loops,
  seq integer NOT NULL,
  kind text NOT NULL,
  text text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (loop, seq)
);

CREATE FUNCTION autolift.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % of autolift.% is refused', TG_OP, TG_TABLE_NAME;
END
$$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['loops', 'experiments', 'measurements', 'model_calls', 'loop_events'] LOOP
    EXECUTE format(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON autolift.%I
       FOR EACH STATEMENT EXECUTE FUNCTION autolift.refuse_change()', name);
  END LOOP;
END
$$;
`;
