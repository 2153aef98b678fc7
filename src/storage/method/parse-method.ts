import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { MECHANISM_LIMITS } from '../../contract/mechanism.js';
import { METHOD_SCHEMAS } from '../../contract/method-schema.js';
import type { MechanismSource, Method, MethodFile, MethodFiles } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';
import { keyFault } from './key-fault.js';
import { sha256 } from './method-hash.js';

const LONGEST_PROMPT = 32 * 1024;

const valueOf = (text: string, where: string): unknown => {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault !== undefined)
    throw new UserError(`not valid YAML: ${fault.message.split('\n')[0] ?? ''}`, where, 'Mend this line.');
  try {
    return document.toJS() ?? {};
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `not valid YAML: ${said}`,
      where,
      'Write it without anchors and aliases; quote globs.',
    );
  }
};

const sectionOf = <S extends z.ZodObject>(
  schema: S,
  file: MethodFile,
  { files, ref }: { files: MethodFiles; ref: string },
): z.output<S> => {
  const where = `${ref}: ${file}`;
  const parsed = schema.safeParse(valueOf(files[file] ?? '', where));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw parsed.error;
  const { what, key, fix } = keyFault(issue, Object.keys(schema.shape));
  throw new UserError(what, key === '' ? where : `${where}: ${key}`, fix);
};

const bounded = (text: string, most: number, where: string): string => {
  const bytes = Buffer.byteLength(text);
  if (bytes <= most) return text;
  throw new UserError(`it has ${String(bytes)} bytes of ${String(most)}`, where, 'Make it shorter.');
};

const mechanismOf = (source: string | undefined, ref: string): MechanismSource | null => {
  if (source === undefined || source.trim() === '') return null;
  bounded(source, MECHANISM_LIMITS.source, `${ref}: process/mechanism.js`);
  const name = /\bname:\s*['"`]([^'"`\n]{1,60})['"`]/.exec(source)?.[1] ?? 'mechanism';
  return { name, hash: sha256(source), source };
};

/** A method from the texts of its files: each may be missing, unknown keys are refused. `ref` is for people. */
export const parseMethod = (files: MethodFiles, ref: string): Method => {
  const source = { files, ref };
  return {
    agent: sectionOf(METHOD_SCHEMAS['agent/agent.yaml'], 'agent/agent.yaml', source),
    prompt: bounded((files['agent/prompt.md'] ?? '').trim(), LONGEST_PROMPT, `${ref}: agent/prompt.md`),
    data: sectionOf(METHOD_SCHEMAS['data/data.yaml'], 'data/data.yaml', source),
    objective: sectionOf(METHOD_SCHEMAS['objective/objective.yaml'], 'objective/objective.yaml', source),
    process: sectionOf(METHOD_SCHEMAS['process/process.yaml'], 'process/process.yaml', source),
    mechanism: mechanismOf(files['process/mechanism.js'], ref),
  };
};
