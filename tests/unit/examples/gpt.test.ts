import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { framework } from '../../support/framework.js';
import { metric, openExample, type Ended, type Example } from './example.js';

const PORTS = [
  { name: 'PyTorch', script: 'train', python: framework('torch') },
  { name: 'MLX', script: 'train_mlx', python: framework('mlx') },
];

const run = (python: string, args: string[], cwd: string, env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const given = { AUTOLIFT_SEED: '1', AUTOLIFT_BUDGET_SECONDS: '2', OMP_NUM_THREADS: '1', ...env };
    const options = { cwd, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...given } };
    execFile(python, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });

const score = ({ base, candidate }: Example, script: string, python = 'python3'): Promise<Ended> =>
  run(python, ['evaluate.py', script], base, { AUTOLIFT_CANDIDATE: candidate });

const evaluate = async (load: string): Promise<Ended> => {
  const example = await openExample('gpt');
  await example.write('train.py', `${load}\n`);
  return score(example, 'train');
};

const model = (step: string): string => `
from array import array
class Model:
    def __init__(self, streams): self.streams = streams
    def step(self, latest):
        ${step}
def load(folder, streams): return Model(streams)`;

test.each([
  ['a uniform guess', "return array('f', [1 / 256]) * (256 * self.streams)"],
  ['a sum of 256', "return array('f', [1.0]) * (256 * self.streams)"],
])('gpt: %s scores eight bits per byte', async (_, step) => {
  expect(metric((await evaluate(model(step))).stdout, 'val_bpb')).toBe(8);
});

test.each([
  ['too few numbers', "return array('f', [1.0])", 'a step has to give'],
  ['negative numbers', "return array('f', [-1.0]) * (256 * self.streams)", 'no probability'],
  ['not a number', "return array('f', [float('nan')]) * (256 * self.streams)", 'no probability'],
  ['an exception', 'raise ValueError', 'gave no answer'],
])('gpt: a model that gives %s has no score', async (_, step, reason) => {
  const { code, stdout, stderr } = await evaluate(model(step));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(reason);
});

test.each([
  ['the validation text', 'import prepare\nprepare.tokens_of("val")'],
  ["its parent's memory", 'import os\nopen(f"/proc/{os.getppid()}/mem", "rb")'],
  ['a process', 'import os\nos.system("true")'],
])('gpt: a model that reaches for %s while it is scored has no score', async (_, code) => {
  const ended = await evaluate(code);
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expect(ended.stderr).toContain('PermissionError');
});

for (const { name, script, python } of PORTS) {
  const why = python === null ? ' (it is not installed: node scripts/frameworks.mjs)' : '';

  test.skipIf(python === null)(`gpt: ${name} trains for seconds and beats guessing${why}`, async () => {
    const example = await openExample('gpt');
    const ran = await run(python ?? '', [`${script}.py`], example.candidate);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toMatch(/^PROGRESS step=1 loss=5\.545\d+ tokens_per_second=\d+ memory_bytes=\d+$/m);
    expect(ran.stdout).toMatch(/^---\ntrain_bits_a_token: [\d.]+\ntraining_seconds: +[\d.]+$/m);
    expect(ran.stdout).not.toMatch(/val_bpb|mfu_percent/);
    expect(metric(ran.stdout, 'depth')).toBe(2);
    const scored = await score(example, script, python ?? '');
    expect(metric(scored.stdout, 'val_bpb')).toBeLessThan(7.999);
  });

  test.skipIf(python === null)(`gpt: ${name} draws its weights from the seed${why}`, async () => {
    const { candidate } = await openExample('gpt');
    const look = `import os, ${script} as port
for seed in "1", "1", "2":
    os.environ["AUTOLIFT_SEED"] = seed
    print("weights", port.fresh(port.sizes.size("cpu", 0), 256).embedding[WHERE].tolist())`;
    const where = script === 'train' ? 'weight[0, :4]' : '[0, :4]';
    const code = look.replace(
      '.embedding[WHERE]',
      script === 'train' ? `.embedding.${where}` : `.embedding${where}`,
    );
    const drawn = (await run(python ?? '', ['-c', code], candidate)).stdout.match(/^weights \[.*$/gm) ?? [];
    expect([drawn.length, drawn[0] === drawn[1], drawn[1] === drawn[2]]).toEqual([3, true, false]);
  });

  test.skipIf(python === null)(`gpt: ${name} ends at once when the loss diverges${why}`, async () => {
    const { candidate } = await openExample('gpt');
    const broken = `import ${script} as t, clock\nt.LEARNING_RATE = t.EMBEDDING_RATE = 1e9\nclock.finish(t.main)`;
    const ended = await run(python ?? '', ['-c', broken], candidate, { AUTOLIFT_BUDGET_SECONDS: '60' });
    expect([ended.code, ended.stderr.split(' is ')[0]]).toEqual([3, 'diverged: the loss']);
  });

  test.skipIf(python === null)(`gpt: ${name} refuses bf16 on a CPU and trains in fp32${why}`, async () => {
    const { candidate } = await openExample('gpt');
    const asked = `import ${script} as t\nt.PRECISION = "bf16"\nt.main()`;
    const ended = await run(python ?? '', ['-c', asked], candidate, { AUTOLIFT_BUDGET_SECONDS: '0.1' });
    expect(ended.stdout).toContain('fp32 bf16 is hundreds of times slower than fp32 on a CPU');
  });
}

const torch = framework('torch');
test.skipIf(torch === null)(
  `gpt: two processes train one model and stop at the same step${torch === null ? ' (PyTorch is not installed)' : ''}`,
  async () => {
    const example = await openExample('gpt');
    const launch = ['-m', 'torch.distributed.run', '--standalone', '--nproc-per-node', '2', 'train.py'];
    const ran = await run(torch ?? '', launch, example.candidate);
    expect([ran.code, ran.stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('x2')]);
    expect(ran.stdout.match(/^---$/gm)).toHaveLength(1);
    // a step of two processes has twice the sequences of one
    expect(metric(ran.stdout, 'total_tokens_M') * 1e6).toBeCloseTo(
      2048 * metric(ran.stdout, 'num_steps'),
      -3,
    );
    expect(metric((await score(example, 'train', torch ?? '')).stdout, 'val_bpb')).toBeLessThan(7.999);
  },
);
