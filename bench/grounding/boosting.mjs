/**
 * The boosting attack on random labels: k random classifiers are scored on a holdout of n, those that the mechanism
 * speaks well of vote, and the vote's holdout accuracy less its true accuracy (one half) is what was overfitted.
 */
import {
  ladder,
  openThresholdout,
  passesLadder,
  theoreticalStep,
  thresholdout,
} from '../../dist/domain/holdout/index.js';
import { random } from '../../dist/domain/random.js';

/** Whether each of n labels is guessed right, 32 at a draw. */
const classifier = (n, draw) => {
  const right = new Uint8Array(n);
  let bits = 0;
  for (let i = 0; i < n; i++) {
    if (i % 32 === 0) bits = (draw.next() * 2 ** 32) >>> 0;
    right[i] = (bits >>> (i % 32)) & 1;
  }
  return right;
};

const accuracy = (right) => right.reduce((sum, one) => sum + one, 0) / right.length;

/** Accuracy of the majority vote; ties and an empty vote are tossed. */
const voteAccuracy = (chosen, n, draw) => {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let votes = 0;
    for (const one of chosen) votes += one[i] === 1 ? 1 : -1;
    sum += votes > 0 ? 1 : votes < 0 ? 0 : draw.int(2);
  }
  return sum / n;
};

const gains = (better, worse) => Array.from(better, (one, i) => one - worse[i]);

/** Each mechanism as the classifiers that an attacker picks by what it was told. */
const MECHANISMS = {
  'full feedback': ({ all, scores }) => all.filter((_, j) => scores[j] > 0.5),
  /** What the holdout itself said, where it was better than what the training set says. */
  thresholdout: ({ all, scores, train, draw }) => {
    const options = { threshold: 0.04, scale: 0.01, uniform: () => draw.next() };
    let state = openThresholdout(options, 20, options.uniform);
    return all.filter((_, j) => {
      const { answer, state: next } = thresholdout(state, { train: train[j], holdout: scores[j] }, options);
      state = next;
      return answer !== null && answer !== train[j] && answer > 0.5 && answer > train[j];
    });
  },
  'ladder-free': (field) => climb(field, 2),
  'ladder-free z=1': (field) => climb(field, 1),
  '1-bit p=3': ({ all, scores, n }) => all.filter((_, j) => scores[j] > 0.5 + 1 / Math.sqrt(n)).slice(0, 3),
  'ladder(theory)': ({ all, scores, n }) => {
    const eta = theoreticalStep(n, all.length);
    let state = { best: null };
    return all.filter((_, j) => {
      const before = state;
      state = ladder(state, scores[j], eta).state;
      return state !== before;
    });
  },
};

const climb = ({ all }, z) => {
  let best = null;
  return all.filter((one) => {
    if (best !== null && !passesLadder(gains(one, best), z)) return false;
    best = one;
    return true;
  });
};

export const mechanisms = Object.keys(MECHANISMS);

/** One attack on a fresh holdout: what each mechanism let through. */
export const boost = ({ n, k, seed }) => {
  const draw = random('boosting', n, k, seed);
  const all = Array.from({ length: k }, () => classifier(n, draw));
  const scores = all.map(accuracy);
  const train = all.map(() => accuracy(classifier(n, draw)));
  const field = { all, scores, train, n, draw };
  return mechanisms.map((name) => voteAccuracy(MECHANISMS[name](field), n, draw) - 0.5);
};
