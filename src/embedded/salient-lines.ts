const MOST = 3;
const LONGEST = 300;

/** Frames of a trace, and what runtimes print around them. */
const NOISE =
  /^(\s|Traceback \(|During handling of|The above exception|node:|file:\/\/|Node\.js v|[{}[\]()\s^,]*$)/;

/** The last few lines of a log that say something to a person: no stack traces, nothing endless. */
export function salientLines(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !NOISE.test(line));
  const distinct = lines.filter((line, index) => lines.indexOf(line) === index);
  return distinct
    .slice(-MOST)
    .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line).trimEnd());
}
