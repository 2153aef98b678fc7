/** Edits a source before it is compiled: what the workflows would be without one of their guards. */
module.exports = function dropGuard(source) {
  const { from, to } = this.getOptions();
  if (source.split(from).length !== 2) throw new Error(`${this.resourcePath} holds ${from} not once`);
  return source.replace(from, to);
};
