import type { Finding, Gate } from '../../contract/gates.js';
import type { FaultKind, MechanismFault } from '../../contract/mechanism-run.js';

const GATE_OF: Readonly<Record<FaultKind, Gate>> = {
  syntax: 'G1',
  load: 'G1',
  throw: 'G3',
  'not-json': 'G3',
  'state-too-big': 'G3',
  illegal: 'G3',
  fuel: 'G5',
  memory: 'G5',
  stack: 'G5',
  hung: 'G5',
};

export const rejected = (gate: Gate, reason: string, where: Finding['where'] = null): Finding => ({
  gate,
  verdict: 'rejected',
  reason,
  where,
});

/** The gate that a fault fails, whichever was looking: fuel is G5's also where it ran out in G3. */
export const findingOf = (fault: MechanismFault, at = ''): Finding => {
  const { kind, message, during, where } = fault;
  const exports = /^it does not export|^(?:init|propose|observe|meta)/.test(message);
  const gate = during === 'load' && !(kind === 'syntax' || exports) ? 'G2' : GATE_OF[kind];
  const place = during === 'load' ? '' : `${during}${at === '' ? '' : `, ${at}`}: `;
  return rejected(gate, `${place}${message}`, where);
};
