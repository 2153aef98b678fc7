import { nothing, sum, tell } from './test/result.mjs';
import { checkStatically } from './test/static-checks.mjs';
import { runPytest } from './test/pytest.mjs';
import { runVitest } from './test/vitest.mjs';
import { setup } from './setup.mjs';

/** Every suite, or with arguments only the vitest files that they name. The last line is the count. */
const filters = process.argv.slice(2);
let total = nothing();
try {
  await setup();
  if (filters.length === 0) total = sum(await Promise.all([checkStatically(), runPytest()]));
  total = sum([total, await runVitest(filters)]);
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  total = sum([total, { passed: 0, failed: 1, failures: [{ title: 'npm test', why }] }]);
}

tell(total);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
