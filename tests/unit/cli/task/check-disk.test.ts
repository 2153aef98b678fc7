import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkDisk } from '../../../../src/cli/task/check-disk.js';

test("a home folder that can't be made is refused as that, and one that can leaves no trace", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-disk-'));
  try {
    writeFileSync(join(folder, 'file'), '');
    await expect(checkDisk(join(folder, 'file', 'home'))).rejects.toThrow(
      /home: the folder can't be made \(ENOTDIR\)\n {2}Set AUTOLIFT_HOME to a folder/,
    );
    await checkDisk(join(folder, 'new', 'home'));
    expect(readdirSync(folder)).toEqual(['file']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.runIf(process.platform === 'linux')('a place without files is not taken for a full disk', async () => {
  await expect(checkDisk('/proc/nope')).rejects.toThrow(/the folder can't be made/);
});

test('a disk without the room that servers and logs take is refused', async () => {
  await expect(checkDisk(tmpdir(), 1e18)).rejects.toThrow(
    /only \d+ MB are free, 1000000000000 MB are needed/,
  );
});
