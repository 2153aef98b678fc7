export { documentMistake } from './document-mistake.js';
export { parseYaml, type YamlDocument, type YamlText } from './parse-yaml.js';
export { writtenForm, type SchemaNode } from './schema-node.js';
export { schemaProblems, type SchemaProblem } from './schema-problems.js';
export { words } from './schema-words.js';
