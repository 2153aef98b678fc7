const WORDS = /^[\w./+:,@%=-]+(?: +[\w./+:,@%=-]+)*$/;
const PYTHON = /^(?:[^ ]*\/)?python[\d.]*$/;

/** A Python by its name, a script, and nothing for a shell to do: what a run can be started warm by, as the worker judges. */
export const isPlainPython = (command: string): boolean => {
  const [program = '', script = '-'] = command.trim().split(/ +/);
  return WORDS.test(command.trim()) && PYTHON.test(program) && !script.startsWith('-');
};
