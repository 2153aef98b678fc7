import { UserError } from '../../contract/user-error.js';
import { fleetText } from '../../report/terminal/fleet-text.js';
import { defineCommand } from '../command.js';
import { settingsOf, withEngine } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { drainHost, hostsHeardOf, whichHost } from '../fleet/drain-host.js';
import { readFleet } from '../fleet/read-fleet.js';
import { JSON_FLAG } from '../json-flag.js';
import { noControl } from '../liveness/missing-worker.js';
import { didYouMean } from '../../contract/nearest.js';
import type { Settings } from '../../workers/settings.js';

const ACTIONS = ['drain', 'undrain'];

const checkAction = (action: string): void => {
  if (ACTIONS.includes(action)) return;
  throw new UserError(
    `"${action}" is not an action${didYouMean(action, ACTIONS)}`,
    'autolift fleet',
    'Write `autolift fleet`, `autolift fleet drain HOST` or `autolift fleet undrain HOST`.',
  );
};

/** Whoever names no host has them listed, where the server can be asked. */
const askWhich = async (settings: Settings, action: string): Promise<never> => {
  throw whichHost(action, await withEngine(settings, hostsHeardOf).catch((): string[] => []));
};

export const fleet = defineCommand({
  name: 'fleet',
  description: 'Show hosts, devices, what runs where and what waits; drain a host, or let it take runs again',
  args: {
    action: { type: 'positional', required: false, description: 'drain or undrain; nothing: show' },
    host: { type: 'positional', required: false, description: 'its name, or class@name' },
    json: JSON_FLAG,
  },
  examples: [
    ['autolift fleet', 'every device, and what it does now'],
    ['autolift fleet drain gpu7', 'it ends its runs and takes no more, also after a restart'],
    ['autolift fleet undrain gpu7', 'it takes runs again'],
    ['autolift fleet --json', 'for a program'],
  ],
  notes: [
    'A host that does not answer within two seconds is silent: SEEN says when the server last heard of it.',
  ],
  run: async ({ action, host, json }, terminal) => {
    if (action !== undefined) checkAction(action);
    const settings = settingsOf(terminal);
    if (action !== undefined && host === undefined) return askWhich(settings, action);
    return withEngine(settings, async (engine) => {
      if (action !== undefined && host !== undefined) {
        const said = await drainHost(engine, host, action === 'drain');
        for (const line of said) terminal.out(line);
        return EXIT.ok;
      }
      const view = await readFleet(engine);
      if (json) terminal.out(JSON.stringify(view, null, 2));
      else terminal.out(fleetText(view, Date.now(), terminal.columns));
      if (!view.asked && !json) {
        const { text, fix } = noControl(engine.settings);
        terminal.err(`  ! the hosts could not be asked: ${text}. ${fix}`);
      }
      return EXIT.ok;
    });
  },
});
