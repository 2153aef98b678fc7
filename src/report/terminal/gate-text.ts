import { GATE_TITLES, type Finding, type GateReport } from '../../contract/gates.js';

const VERDICTS: Readonly<Record<Finding['verdict'], string>> = {
  rejected: 'rejected',
  inert: 'inert: it runs, and changes nothing',
  copy: 'a copy of the mechanism in use',
};

/** Why a mechanism may not be used, for people and for the model that repairs it. */
export const findingText = ({ gate, verdict, reason, where }: Finding): string =>
  [
    `${VERDICTS[verdict]} at ${gate} (${GATE_TITLES[gate]})`,
    `  ${reason}`,
    ...(where === null ? [] : [`  line ${String(where.line)}: ${where.excerpt}`]),
  ].join('\n');

/** A verdict of the gates, with what was measured on the way. */
export const gateText = (name: string, { finding, passed, meta, fuel, distance }: GateReport): string => {
  const title = meta === null ? name : `${name}: ${meta.name}, ${meta.domain}`;
  if (finding !== null) return `${title}\n${findingText(finding)}`;
  const acts = distance === null ? '' : `, distance to doing nothing ${distance.toFixed(2)}`;
  return `${title}\npassed ${passed.join(' ')}: at most ${String(fuel)} units of fuel a call${acts}`;
};
