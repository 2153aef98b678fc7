import { up as startEngine } from '../../embedded/index.js';
import { wholeNumber } from '../arguments.js';
import { defineCommand } from '../command.js';
import { checkNamedServers, settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';
import { takenNotices } from '../machine-notices.js';

export const up = defineCommand({
  name: 'up',
  description: 'Start servers and workers, detached; loops go on where they were',
  args: {
    devices: {
      type: 'string',
      description: 'CPU candidates at a time, at least; default: one a core',
      valueHint: 'n',
    },
    'servers-only': { type: 'boolean', description: 'for workers elsewhere' },
    json: JSON_FLAG,
  },
  examples: [
    ['autolift up', 'after a reboot this is all that is needed'],
    ['autolift up --devices 8', 'room for eight candidates at a time'],
  ],
  notes: [
    'TEMPORAL_ADDRESS and DATABASE_URL name servers of your own; what they name is not started here.',
    'AUTOLIFT_TEMPORAL_PORT, AUTOLIFT_UI_PORT and AUTOLIFT_POSTGRES_PORT move ports, AUTOLIFT_HOME the data.',
  ],
  run: async ({ devices, 'servers-only': serversOnly, json }, terminal) => {
    const cpuDevices = wholeNumber(devices, '--devices');
    const settings = settingsOf(terminal);
    await checkNamedServers(settings);
    const engine = await startEngine(settings, {
      workers: serversOnly !== true,
      ...(cpuDevices === undefined ? {} : { cpuDevices }),
    });
    const { temporalAddress, namespace, uiUrl, cpuDevices: served } = engine;
    const notices = [...engine.notices, ...takenNotices(engine)];
    // the database's address holds its password and is nobody's to see
    if (json)
      terminal.out(
        JSON.stringify({ temporalAddress, namespace, uiUrl, cpuDevices: served, notices }, null, 2),
      );
    else {
      for (const notice of notices) terminal.err(`! ${notice}`);
      terminal.out(`Temporal   ${temporalAddress}, namespace ${namespace}`);
      if (uiUrl !== null) terminal.out(`its page   ${uiUrl}`);
      terminal.out(`devices    ${String(served)} × cpu`);
      terminal.out('`autolift run <folder>` starts a loop, `autolift down` stops all of this.');
    }
    return EXIT.ok;
  },
});
