/** What forty studies come to: means of arms, paired contrasts, shares of verdicts. */
export const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const share = (list, is) => (list.length === 0 ? 0 : list.filter(is).length / list.length);

const spread = (values) => {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (values.length - 1));
};

export const armOf = (studies, arm, set) => {
  const means = studies.map(({ arms }) => mean(arms[arm][set]));
  return { mean: mean(means), sd: spread(means), means };
};

export const contrast = (studies, [lifted, base], set) => {
  const before = armOf(studies, base, set).means;
  const d = armOf(studies, lifted, set).means.map((one, i) => one - before[i]);
  const half = (1.96 * spread(d)) / Math.sqrt(d.length);
  return { mean: mean(d), low: mean(d) - half, high: mean(d) + half, ahead: share(d, (one) => one > 0) };
};

export const saidOf = (studies, lift, verdict) =>
  share(studies, ({ verdicts }) => verdicts[lift] === verdict);

/** The four held-out or training families of an arm, one by one. */
export const families = (studies, arm, { set, names }) =>
  names.map((name, f) => {
    const count = studies[0].arms[arm][set].length / names.length;
    return {
      name,
      mean: mean(studies.flatMap(({ arms }) => arms[arm][set].slice(f * count, (f + 1) * count))),
    };
  });

export const gateShares = (pool) => {
  const [bad, good] = [pool.filter(({ defect }) => defect), pool.filter(({ defect }) => !defect)];
  return {
    generated: pool.length,
    defective: bad.length,
    caught: share(bad, ({ finding }) => finding !== null),
    falseRejects: share(good, ({ finding }) => finding !== null),
    missed: bad.filter(({ finding }) => finding === null).map(({ defect }) => defect),
    refused: good.flatMap(({ finding }) => (finding === null ? [] : [`${finding.gate}: ${finding.reason}`])),
  };
};

/** The numbers that the project's bar speaks of. */
export const keyNumbers = (studies, benign, gates) => {
  const held = (arm) => armOf(studies, arm, 'heldOut').mean;
  const cb = contrast(studies, ['C', 'B'], 'heldOut');
  return {
    heldout_C: held('C'),
    heldout_C_minus_B: cb.mean,
    heldout_C_over_A: held('C') / held('A'),
    heldout_C_minus_R: held('C') - held('R'),
    C_beats_B_share: cb.ahead,
    sham_pays_share: saidOf(studies, 'S/A', 'pays'),
    inert_named_share: saidOf(studies, 'inert/A', 'inert'),
    gate_caught_share: gates.caught,
    gate_false_reject_share: gates.falseRejects,
    benign_C_over_B_pays_share: saidOf(benign, 'C/B', 'pays'),
  };
};
