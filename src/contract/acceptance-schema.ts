import { z } from 'zod';
import { effect } from './units.js';

/** When a candidate is kept: the rule and its settings, most of which some rules only have. */
export const acceptanceSchema = z
  .strictObject({
    rule: z
      .enum([
        'strict',
        'floor',
        'confirm',
        'paired-t',
        'sprt',
        'screen+sprt',
        'intensify',
        'race',
        'halving',
        'hyperband',
        'branch+promote',
        'lift',
      ])
      .default('branch+promote')
      .describe(
        'strict: any gain; floor: beyond the noise; confirm: fresh re-runs of both; paired-t: a test on n pairs; ' +
          'sprt: pairs until the evidence suffices; screen+sprt: the same after one good run; intensify: doubling batches; ' +
          'race, halving, hyperband: several candidates on the same seeds, the best of them against the incumbent; ' +
          'branch+promote: greedy on a branch, which is tested against the trunk every so often; ' +
          'lift: for `research`: whether a lift pays, over all of its child loops',
      ),
    minEffect: effect
      .default({ value: 0, relative: false })
      .describe('smallest gain that counts, e.g. 0.001 or 0.5%'),
    k: z.number().positive().default(2).describe('floor: gain must pass k standard deviations'),
    n: z.number().int().min(1).max(100).default(3).describe('confirm, paired-t: paired runs before a keep'),
    z: z.number().nonnegative().default(2).describe('confirm: mean gain must pass z standard errors'),
    alpha: z
      .number()
      .positive()
      .max(0.5)
      .default(0.05)
      .describe('paired-t, sprt: accepted chance of keeping a candidate that is no better'),
    beta: z
      .number()
      .positive()
      .max(0.5)
      .default(0.2)
      .describe('sprt: accepted chance of giving up a gain of mde early'),
    nmax: z
      .number()
      .int()
      .min(2)
      .max(200)
      .default(40)
      .describe('sprt, intensify, race: runs of one candidate beside the incumbent, at most'),
    mde: effect
      .optional()
      .describe('sprt: the gain to look for; default: minEffect, and never below half the noise of a pair'),
    evidence: z
      .enum(['z', 'mz', 't', 'bet', 'sign'])
      .default('z')
      .describe(
        'sprt: z: known noise; mz: the same, any size of gain; t: unknown noise; bet: bounded differences, ' +
          'nothing else assumed; sign: the median only',
      ),
    bound: z
      .number()
      .positive()
      .optional()
      .describe(
        'bet: largest difference of a pair, in units of the metric; default: 4 times the noise of a pair',
      ),
    every: z
      .number()
      .int()
      .min(1)
      .max(200)
      .default(20)
      .describe('branch+promote: candidates between two tests of the branch against the trunk'),
    share: z
      .boolean()
      .default(false)
      .describe('branch+promote: alpha bounds the share of false ones among all promotions (e-LOND)'),
    margin: effect
      .optional()
      .describe('branch+promote: a change whose loss costs surely less is dropped; default: minEffect'),
    pairedScouts: z
      .boolean()
      .default(false)
      .describe("branch+promote: scout on one of the trunk's seeds; pays where seeds correlate"),
    arms: z
      .number()
      .int()
      .min(2)
      .max(32)
      .default(8)
      .describe('race, halving: candidates that meet at a time'),
    raceTest: z
      .enum(['friedman', 't'])
      .default('friedman')
      .describe('race: what finds arms that are worse than the best: ranks, or paired t-tests'),
    pulls: z
      .number()
      .int()
      .min(2)
      .max(800)
      .optional()
      .describe('halving: runs that choose the finalist; default: two of each arm in the first round'),
    eta: z
      .number()
      .int()
      .min(2)
      .max(10)
      .default(3)
      .describe('hyperband: one of so many goes on, with so many times the budget'),
    rungs: z
      .number()
      .int()
      .min(2)
      .max(5)
      .default(3)
      .describe(
        'hyperband: budgets, the smallest being the whole one divided by eta to the power of rungs - 1',
      ),
    repeats: z
      .number()
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe('runs of the unchanged artifact at the start; three at least, unless any rate is accepted'),
    falseKeeps: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe(
        'the loop does not start if its rule would keep more copies of the unchanged artifact than this; default: 0.2; ' +
          '1: never mind',
      ),
  })
  .prefault({});
