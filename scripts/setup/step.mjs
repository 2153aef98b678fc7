/** Does a piece of the set-up and says so in one line, with the time that it took. */
export async function step(title, work) {
  const began = Date.now();
  const terminal = process.stderr.isTTY;
  process.stderr.write(`· ${title} …${terminal ? '' : '\n'}`);
  const detail = await work().catch((error) => {
    if (terminal) process.stderr.write('\r\x1b[K');
    throw error;
  });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const line = `✓ ${title}${detail ? ` (${detail})` : ''}, ${seconds} s\n`;
  process.stderr.write(terminal ? `\r\x1b[K${line}` : line);
}
