/**
 * What a suite came to: how many tests passed and failed, what each failure was (`{ title, why }`), and which
 * tests failed beside the other suites and passed when run alone.
 */
export const nothing = () => ({ passed: 0, failed: 0, failures: [], again: [] });

export const sum = (results) =>
  results.reduce(
    (total, { passed, failed, failures = [], again = [] }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      failures: [...total.failures, ...failures],
      again: [...total.again, ...again],
    }),
    nothing(),
  );

const SHOWN_LINES = 12;

/** The end of a long output is what is read: so every failure is told there, and no second try is silent. */
export function tell({ failures, again }) {
  if (again.length > 0)
    console.log(`${again.length} failed beside the other suites and passed when run alone:`);
  for (const title of again) console.log(`  - ${title}`);
  if (failures.length > 0) console.log(`${failures.length} failed:`);
  for (const { title, why } of failures) {
    console.log(`  ✗ ${title}`);
    const lines = why.split('\n').filter((line) => line.trim() !== '');
    for (const line of lines.slice(0, SHOWN_LINES)) console.log(`      ${line}`);
  }
}
