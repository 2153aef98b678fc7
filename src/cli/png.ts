import { mkdtemp, readFile, rm, writeFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { UserError } from '../contract/user-error.js';

interface Files {
  svg: string;
  page: string;
  png: string;
  folder: string;
  width: number;
  height: number;
}

interface Converter {
  programs: readonly string[];
  args: (files: Files) => string[];
}

const SCALE = 2;
const SECONDS = 60;

/** In the order in which they are tried; the first that writes a PNG wins. */
const CONVERTERS: readonly Converter[] = [
  {
    programs: ['rsvg-convert'],
    args: ({ svg, png }) => ['--zoom', String(SCALE), '--format', 'png', '--output', png, svg],
  },
  {
    programs: ['inkscape'],
    args: ({ svg, png, width }) => [
      svg,
      '--export-type=png',
      `--export-filename=${png}`,
      `--export-width=${String(width * SCALE)}`,
    ],
  },
  {
    programs: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    args: browserArgs,
  },
  {
    programs: ['magick', 'convert'],
    args: ({ svg, png }) => ['-background', 'none', '-density', String(96 * SCALE), svg, png],
  },
];

function browserArgs({ page, png, folder, width, height }: Files): string[] {
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update'];
  return [
    '--headless',
    '--disable-gpu',
    '--disable-quic',
    '--disable-sync',
    '--hide-scrollbars',
    '--default-background-color=00000000',
    ...quiet,
    // Chromium refuses to run as root with its sandbox; the page is our own drawing, without scripts.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(folder, 'profile')}`,
    `--force-device-scale-factor=${String(SCALE)}`,
    `--window-size=${String(width)},${String(height)}`,
    `--screenshot=${png}`,
    pathToFileURL(page).href,
  ];
}

/**
 * Writes an SVG drawing as a PNG of twice its size, with the first of the programs above that can. `path` is
 * where they are looked for, the PATH when left out; the program's name is returned.
 */
export async function writePng(svg: string, target: string, path?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'autolift-png-'));
  try {
    const files = { ...drawingSize(svg), ...paths(folder) };
    await writeFile(files.svg, svg);
    await writeFile(files.page, `<!doctype html><meta charset="utf-8"><body style="margin:0">${svg}`);
    for (const { programs, args } of CONVERTERS) {
      for (const program of programs) {
        if (!(await converts(program, { args: args(files), png: files.png, path }))) continue;
        await copyFile(files.png, target);
        return program;
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  throw new UserError(
    'no program that turns the drawing into a PNG was found',
    target,
    'Install rsvg-convert (Debian: librsvg2-bin, macOS: brew install librsvg), Inkscape or Chromium; or write an .svg, which needs none.',
  );
}

const paths = (folder: string) => ({
  folder,
  svg: join(folder, 'drawing.svg'),
  page: join(folder, 'drawing.html'),
  png: join(folder, 'drawing.png'),
});

function drawingSize(svg: string): { width: number; height: number } {
  const match = /<svg[^>]* width="(\d+)[^"]*" height="(\d+)/.exec(svg);
  return { width: Number(match?.[1] ?? 1000), height: Number(match?.[2] ?? 440) };
}

/** Whether this program left a PNG; one that is missing, fails or hangs just didn't. */
async function converts(
  program: string,
  { args, png, path }: { args: string[]; png: string; path: string | undefined },
): Promise<boolean> {
  if (path !== undefined && program.startsWith('/')) return false;
  await execa(program, args, {
    reject: false,
    stdio: 'ignore',
    timeout: SECONDS * 1000,
    forceKillAfterDelay: 2000,
    ...(path === undefined ? {} : { env: { PATH: path } }),
  });
  const written = await readFile(png).catch(() => Buffer.alloc(0));
  return written.subarray(1, 4).toString('latin1') === 'PNG';
}
