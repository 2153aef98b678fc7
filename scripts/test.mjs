import { checkStatically } from './test/static-checks.mjs';
import { runPytest } from './test/pytest.mjs';
import { runVitest } from './test/vitest.mjs';
import { setup } from './setup.mjs';

/** Every suite, or with arguments only the vitest files that they name. The last line is the count. */
const total = { passed: 0, failed: 0 };
const add = ({ passed, failed }) => {
  total.passed += passed;
  total.failed += failed;
};

const filters = process.argv.slice(2);
try {
  await setup();
  if (filters.length === 0) (await Promise.all([checkStatically(), runPytest()])).forEach(add);
  add(await runVitest(filters));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
}

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
