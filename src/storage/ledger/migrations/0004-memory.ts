/** What loops have learnt, one row an idea, an effect and a loop. It is no record: it is added to, and can be wiped. */
export const memory = `
CREATE TABLE autolift.lessons (
  -- of the task and the idea's theme: the same in every loop
  lesson text NOT NULL,
  -- no foreign key: lessons are imported from other ledgers too
  loop text NOT NULL,
  task text NOT NULL,
  theme text NOT NULL,
  effect text NOT NULL,
  count bigint NOT NULL,
  idea text NOT NULL,
  evidence text NOT NULL,
  outcome text NOT NULL,
  experiment integer NOT NULL,
  commit text,
  level text NOT NULL,
  epoch integer NOT NULL,
  evaluator_hash text,
  device_class text,
  rule text,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  -- names of files and knobs as the words that they are made of
  words tsvector GENERATED ALWAYS AS (
    to_tsvector('english', translate(task || ' ' || idea || ' ' || evidence, '_./:=-#', '       '))) STORED,
  PRIMARY KEY (loop, lesson, effect)
);
CREATE INDEX lessons_lesson ON autolift.lessons (lesson text_pattern_ops);
CREATE INDEX lessons_task ON autolift.lessons (task, last_at);
CREATE INDEX lessons_words ON autolift.lessons USING gin (words);
`;
