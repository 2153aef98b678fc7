/**
 * The different tags of an HTML page with their attributes' names, as a browser's tokenizer would find them;
 * the contents of script and style are skipped as it would skip them.
 */
export function tagsOf(html: string): string[] {
  const tags = new Set<string>();
  let at = 0;
  while ((at = html.indexOf('<', at)) !== -1) {
    const match = /^<(\/?[a-zA-Z!?][^\s/>]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/.exec(html.slice(at, at + 20_000));
    if (match === null) {
      tags.add(`stray < in ${html.slice(at, at + 20)}`);
      at += 1;
      continue;
    }
    const name = (match[1] ?? '').toLowerCase();
    const names = [...(match[2] ?? '').replace(/"[^"]*"|'[^']*'/g, '""').matchAll(/[^\s=/]+(?==|\s|$)/g)];
    tags.add([name, ...names.map(([attribute]) => attribute).filter((each) => each !== '""')].join(' '));
    at += match[0].length;
    if (name === 'script' || name === 'style') at = html.toLowerCase().indexOf(`</${name}`, at);
  }
  return [...tags].sort();
}
