/** Programs whose first file is the script that they run; what others do with a name is theirs to know. */
const INTERPRETER =
  /^((python|pypy)[\d.]*|node|bun|deno|tsx|bash|sh|dash|zsh|ruby|julia|lua|perl|Rscript|uv|torchrun)$/;
const SCRIPT = /\.(py|sh|js|mjs|cjs|ts|rb|jl|lua|pl|R)$/;

/** The script that a command gives to its interpreter; null where none is to be seen. */
export const scriptOf = ([program = '', ...args]: readonly string[]): string | null => {
  const at = args.findIndex((word) => !word.startsWith('-') && word !== 'run');
  const script = args[at];
  if (script === undefined || !INTERPRETER.test(program.replace(/^.*\//, ''))) return null;
  if (args.slice(0, at).some((word) => /^-\w*[cem]$/.test(word))) return null;
  return SCRIPT.test(script) ? script : null;
};

/** After a `cd` a name means another file, and what an earlier command makes is not there yet. */
export const namesMayMove = (command: string): boolean => /&&|\b(cd|pushd|chdir)\b/.test(command);
