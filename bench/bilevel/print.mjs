import { armOf, contrast, families, saidOf } from './summary.mjs';

/** Section 6 of the specification, 100 studies. */
const SPEC = {
  A: [0.394, 0.153],
  A4: [0.44, 0.167],
  R: [0.461, 0.349],
  S: [0.362, 0.141],
  B: [0.534, 0.298],
  Crand: [0.544, 0.327],
  C: [0.849, 0.503],
  H: [0.82, 0.422],
};
const SPEC_CONTRASTS = { 'C-B': 0.205, 'C-R': 0.153, 'C-Crand': 0.176, 'H-C': -0.081 };
const SPEC_PAYS = { 'C/A': 1, 'C/B': 0.96, 'B/A': 0.76, 'Crand/A': 0.61, 'S/A': 0 };

const number = (value) => value.toFixed(3);
const cell = ({ mean, sd }, spec) => `${number(mean)} ± ${number(sd)} (${number(spec)})`.padEnd(26);

const printArms = (studies) => {
  console.log('\nmean true value ± sd over studies (specification)');
  console.log(`  ${'arm'.padEnd(6)} ${'training families'.padEnd(26)} held-out families`);
  for (const [arm, [train, heldOut]] of Object.entries(SPEC)) {
    const cells = [cell(armOf(studies, arm, 'train'), train), cell(armOf(studies, arm, 'heldOut'), heldOut)];
    console.log(`  ${arm.padEnd(6)} ${cells.join(' ')}`);
  }
};

const printFamilies = (studies, names) => {
  console.log('\nby family');
  for (const arm of ['A', 'R', 'B', 'C', 'H']) {
    const all = ['train', 'heldOut'].flatMap((set) => families(studies, arm, { set, names: names[set] }));
    console.log(`  ${arm.padEnd(6)} ${all.map(({ name, mean }) => `${name} ${mean.toFixed(2)}`).join('  ')}`);
  }
};

const printContrasts = (studies) => {
  console.log('\nheld-out contrasts, paired by study [95 %] (specification)');
  for (const [name, spec] of Object.entries(SPEC_CONTRASTS)) {
    const { mean, low, high, ahead } = contrast(studies, name.split('-'), 'heldOut');
    const interval = `[${number(low)}, ${number(high)}]`;
    console.log(
      `  ${name.padEnd(8)} ${number(mean)} ${interval} (${number(spec)}), ahead in ${(100 * ahead).toFixed(0)} %`,
    );
  }
};

const printVerdicts = (studies) => {
  console.log("\nshare of studies in which a lift 'pays' (specification)");
  for (const [lift, spec] of Object.entries(SPEC_PAYS)) {
    console.log(
      `  ${lift.padEnd(8)} ${(100 * saidOf(studies, lift, 'pays')).toFixed(0)} % (${(100 * spec).toFixed(0)} %)`,
    );
  }
};

const printChosen = (studies) => {
  const counts = new Map();
  for (const { chosen } of studies) counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  const often = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 6);
  console.log(
    `\nchosen most often (the grammar selects and composes, it doesn't invent): ${often.map(([name, n]) => `${name} ×${n}`).join(', ')}`,
  );
};

export const print = ({ studies, gates, names }) => {
  printArms(studies);
  printFamilies(studies, names);
  printContrasts(studies);
  printVerdicts(studies);
  printChosen(studies);
  const { generated, defective, missed, refused } = gates;
  console.log(`\ngates: ${generated} generated sources, ${defective} with a defect`);
  for (const one of missed) console.log(`  missed: ${one}`);
  for (const one of refused) console.log(`  refused without a defect: ${one}`);
};

const BARS = {
  heldout_C: (value) => value >= 0.55,
  heldout_C_minus_B: (value) => value >= 0.15,
  heldout_C_over_A: (value) => value >= 2.5,
  heldout_C_minus_R: (value) => value >= 0.1,
  C_beats_B_share: (value) => value >= 0.95,
  sham_pays_share: (value) => value <= 0.02,
  inert_named_share: (value) => value === 1,
  gate_caught_share: (value) => value >= 0.99,
  gate_false_reject_share: (value) => value <= 0.02,
  benign_C_over_B_pays_share: (value) => value <= 0.2,
};

export const printKeys = (keys) => {
  console.log('\nagainst the bar (heldout_C: the ambition)');
  for (const [key, value] of Object.entries(keys)) {
    console.log(`  ${BARS[key](value) ? '✓' : '✗'} ${key.padEnd(28)} ${number(value)}`);
  }
};
