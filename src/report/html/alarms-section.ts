import type { Alarm } from '../../contract/alarm.js';
import { escapeCut } from '../escape.js';

const SHOWN = 12;

const item = ({ mode, experiment, why, response }: Alarm): string => {
  const did = response.length === 0 ? '' : ` <em>${escapeCut(response.join('; '), 400)}</em>`;
  return `<li><b>${mode}</b> at #${String(experiment)}: ${escapeCut(why, 400)}${did}</li>`;
};

/** The first thing on the page: research that fools itself, and what was done about it. The newest first. */
export const alarmsSection = (alarms: readonly Alarm[]): string => {
  if (alarms.length === 0) return '';
  const rest = alarms.length > SHOWN ? `<li>and ${String(alarms.length - SHOWN)} more</li>` : '';
  const items = alarms.toReversed().slice(0, SHOWN).map(item).join('');
  return `<div class="warning alarms"><p><b>${alarms.length === 1 ? 'An alarm was' : `${String(alarms.length)} alarms were`} raised.</b></p><ul>${items}${rest}</ul></div>`;
};
