import { UserError } from '../../contract/user-error.js';
import type { Desk } from '../../domain/fleet/desks.js';
import type { HostReport } from '../../contract/fleet.js';
import { counted } from '../../domain/format.js';
import type { Engine } from '../engine.js';
import { missingControl } from '../liveness/missing-worker.js';
import { didYouMean } from '../../contract/nearest.js';
import { Unreachable } from '../unreachable.js';
import { askDesks } from './ask-hosts.js';
import { lookAround } from './read-fleet.js';

/** `host`, or `class@host` where one machine has several. */
const matches = (wanted: string, { host, classes }: Desk): boolean =>
  wanted === host || classes.some((one) => `${one}@${host}` === wanted);

const namesOf = (desks: readonly Desk[]): string[] => [...new Set(desks.map(({ host }) => host))].toSorted();

/** Names of all hosts that the server knows a device worker of. */
export const hostsHeardOf = async (engine: Engine): Promise<string[]> =>
  namesOf((await lookAround(engine)).desks);

/** What whoever named no host is told. */
export const whichHost = (action: string, hosts: readonly string[]): UserError =>
  new UserError(
    'which host?',
    `autolift fleet ${action}`,
    hosts.length === 0 ? '`autolift fleet` lists them.' : `Name one of these: ${hosts.join(', ')}.`,
  );

const find = (wanted: string, desks: readonly Desk[]): Desk[] => {
  const found = desks.filter((desk) => matches(wanted, desk));
  const names = namesOf(desks);
  if (found.length === 0)
    throw new UserError(
      `no device worker of a host "${wanted}" has been heard of${didYouMean(wanted, names)}`,
      'HOST',
      '`autolift fleet` lists them; `class@host` names one of several workers of a machine.',
    );
  return found;
};

const told = (report: HostReport): string => {
  const runs = report.devices.filter(({ run }) => run !== null).length;
  const where = `${[...new Set(report.devices.map((one) => one.class))].join(',')}@${report.host}`;
  if (report.draining === null) return `${where} takes runs again.`;
  // what a borrowed host knows goes with it
  const lasting = report.borrowed === true ? '' : ', also when it is started again';
  return runs === 0
    ? `${where} is drained: it takes no runs${lasting}.`
    : `${where} is draining: ${counted(runs, 'run')} to end, none begins${lasting}.`;
};

/** Lets a host end what it runs and take no more, or takes that back; what it said. */
export const drainHost = async (engine: Engine, wanted: string, drain: boolean): Promise<string[]> => {
  const missing = await missingControl(engine);
  if (missing !== null) throw new Unreachable(`nobody was asked: ${missing.text}`, wanted, missing.fix);
  const { desks } = await lookAround(engine);
  const asked = await askDesks(engine.client, drain ? 'drain' : 'undrain', find(wanted, desks));
  const homes = new Map(asked.flatMap(({ report }) => (report === null ? [] : [[report.home, report]])));
  if (homes.size === 0)
    throw new UserError(
      'it does not answer',
      wanted,
      `On the host itself, ${drain ? 'a file named `draining` in its AUTOLIFT_HOME does the same' : 'remove the file `draining` from its AUTOLIFT_HOME'}.`,
    );
  return [...homes.values()].map(told);
};
