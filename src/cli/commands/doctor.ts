import { defineCommand } from '../command.js';
import type { Check } from '../doctor/check.js';
import { checkModels, checkPictures } from '../doctor/check-extras.js';
import { checkDevices, checkGit, checkHome, checkNode } from '../doctor/check-machine.js';
import { checkLedger, checkPorts, checkServices, checkTemporal } from '../doctor/check-servers.js';
import { checkArtifacts, checkRemote } from '../doctor/check-stores.js';
import { checkWorkers } from '../doctor/check-workers.js';
import { checkSteward } from '../doctor/check-steward.js';
import { settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';

const MARKS = { ok: '✓', warn: '!', fail: '✗' } as const;

const shown = ({ name, state, text, fix }: Check): string =>
  `${MARKS[state]} ${name.padEnd(9)} ${text}${fix === undefined ? '' : `\n            ${fix}`}`;

export const doctor = defineCommand({
  name: 'doctor',
  description: 'Check what this machine has: programs, servers, devices, sandbox, disk, ports, keys, stores',
  args: { json: JSON_FLAG },
  examples: [
    ['autolift doctor', '✓ fine, ! less than it could be, ✗ a task cannot run'],
    ['autolift doctor --json', 'for a program'],
  ],
  notes: ['Exit code 1 if anything that is needed is broken. Values of keys are never printed.'],
  run: async ({ json }, terminal) => {
    const settings = settingsOf(terminal);
    const looked = await Promise.all([
      checkDevices(settings),
      checkPorts(settings),
      checkSteward(settings),
      Promise.all([checkArtifacts(settings), checkRemote(settings)]),
      Promise.all([checkGit(), checkHome(settings), checkTemporal(settings), checkLedger(settings)]),
      checkWorkers(settings),
    ]);
    const seen = [checkPictures(terminal.env), checkModels(terminal.env)];
    const checks: Check[] = [checkNode(), ...looked.flat(), ...checkServices(settings), ...seen];
    terminal.out(json ? JSON.stringify(checks, null, 2) : checks.map(shown).join('\n'));
    return checks.some(({ state }) => state === 'fail') ? EXIT.failed : EXIT.ok;
  },
});
