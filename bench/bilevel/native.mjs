/** Runs a source of our own grammar, which the gates have passed, outside of the sandbox: some forty times as fast. */
export const native = (source) => {
  const body = source.replace(/^export (?=const|let|function)/gm, '');
  return new Function(`${body}\nreturn { meta, init, propose, observe };`)();
};
