import { expect, test } from 'vitest';
import { scan } from '../../../../../src/domain/proposers/mutate/scan.js';

const found = (path: string, text: string): string[] =>
  scan(path, text).map((one) => `${one.name}=${one.text}`);

test('Python: constants, keyword arguments and booleans, and nothing in comments, strings, docstrings or imports', () => {
  const text = `#!/usr/bin/env python3.11
"""Trains 3 models
LR = 4
"""
from lib2 import x3  # 12
__version__ = 7
LR = 1e-3  # was 5e-3
betas = (0.9, 0.95)
def f(a: int = 4, *, fast=True):
    '''Takes 9 steps.'''
    return x[0] + x[:, -1] + g(size=-2, name="7") * 0x1F
torch.manual_seed(1337)
SEED = 5
while True:
    n = 1_000_000
`;
  expect(found('train.py', text)).toEqual([
    'LR=1e-3',
    'betas (line 8)=0.9',
    'betas (line 8)=0.95',
    'a=4',
    'fast=True',
    'size=-2',
    'name (line 11)=0x1F',
    'n=1_000_000',
  ]);
});

test('C and Rust: defines are knobs; includes, lifetimes, characters and digit separators are not', () => {
  const text = `#include <x86.h>
#define TILE 32
#if VERSION > 3
// 4
/* 5
   6 */
float lr = 0.5f; char c = '7'; long big = 1'000'000; int a[8];
for (int i = 0; i < 64; i++) {}
let s: &'static str = "9"; let r = 0..10; let w = 2.5f32;
`;
  expect(found('kernel.cu', text).filter((one) => !one.startsWith('i ='))).toEqual([
    'TILE=32',
    'lr=0.5f',
    'i=0',
    'i (line 8)=64',
    'r=0',
    'r (line 9)=10',
    'w=2.5f32',
  ]);
});

test('YAML: whole values only, not text that happens to hold numbers, nor block scalars, versions or keys', () => {
  const text = `# depth: 1
version: 3
depth: 4   # range: 1..9
lr: 1e-3
ip: 10.0.0.1
date: 2024-01-02
note: it's 5 o'clock
10: ten
sizes: [16, 32, {deep: 64}]
list:
  - 7
  - true
shuffle: no
script: |
  x = 3
  y: 4
after: 8
name: "12"
`;
  expect(found('config.yaml', text)).toEqual(
    [
      'depth=4',
      'lr=1e-3',
      'line 9=16',
      'line 9=32',
      'deep=64',
      'line 11=7',
      'line 12=true',
      'shuffle=no',
      'after=8',
    ].map((one) => one.replace('line 9=', 'sizes (line 9)=')),
  );
});

test('JSON and TOML: values, not keys or strings', () => {
  expect(found('a.json', '{"version": 1, "n": 3, "on": false, "s": "4", "l": [1.5, -2]}')).toEqual([
    'n=3',
    'on=false',
    'l (line 1)=1.5',
    'l (line 1)=-2',
  ]);
  expect(
    found('a.toml', 'n = 3\nwhen = 1979-05-27\nflag = true # 4\nv = "1.2"\na = [\n 1,\n 2\n]\n'),
  ).toEqual(['n=3', 'flag=true', 'line 6=1', 'line 7=2']);
});

test('choices declared in a comment beside or above make a literal a choice, quoted or not', () => {
  const python = `opt = "adam"  # choices: adam | "sgd" | lion (default adam)
# one of: relu, gelu
act = relu
depth = 4  # choices: 2 | 4 | 8
other = "adam"
`;
  const literals = scan('a.py', python);
  expect(literals.map(({ text }) => text)).toEqual(['"adam"', 'relu', '4']);
  expect(literals[0]?.kind).toEqual({ type: 'choice', choices: ['adam', 'sgd', 'lion'], quote: '"' });
  expect(found('a.yaml', 'opt: adam # choices: adam | sgd\n')).toEqual(['opt=adam']);
  expect(found('a.ts', "const opt = 'adam'; // choices: adam | sgd\n")).toEqual(["opt='adam'"]);
});

test('ranges are read from the comment, also with whole bounds', () => {
  const range = (comment: string) => scan('a.py', `x = 3  # ${comment}`)[0]?.kind;
  expect(range('range: 1..8')).toEqual({ type: 'number', signed: true, range: { low: 1, high: 8 } });
  expect(range('range: 1e-5..0.5')).toMatchObject({ range: { low: 1e-5, high: 0.5 } });
  expect(range('range: -2 to 2')).toMatchObject({ range: { low: -2, high: 2 } });
  expect(range('a range of 3')).toMatchObject({ range: null });
});

test('prose and data have no literals', () => {
  expect(scan('notes.md', 'x = 3')).toEqual([]);
  expect(scan('data.csv', '1,2')).toEqual([]);
});

test('shell: assignments only', () => {
  expect(found('run.sh', 'N=3\nhead -5 x 2>&1\nexport LR=0.1 # 4\n')).toEqual(['N=3', 'LR=0.1']);
});

test('a name that only ends like a fact is a knob, a fact in any spelling is none', () => {
  expect(found('a.py', 'conversion = 3\nrng_seed = 4\nmodelVersion = 5\nrandom_state = 6\n')).toEqual([
    'conversion=3',
  ]);
});

test('a minified file of one long line is scanned without reading the line again for each number', () => {
  const text = JSON.stringify({ list: Array.from({ length: 40_000 }, (_, index) => index + 0.5) });
  expect(scan('a.json', text).length).toBe(40_000);
});
