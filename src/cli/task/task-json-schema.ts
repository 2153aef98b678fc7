import { taskSchema } from '../../contract/task-schema.js';
import { writtenForm, type SchemaNode } from '../../storage/yaml/index.js';

/** Schema of what a person writes in task.yaml: durations may be text, defaults may be left out. */
export const taskJsonSchema = (): SchemaNode => {
  const { $schema, required = [], ...rest } = writtenForm(taskSchema) as SchemaNode & { $schema?: string };
  const always = required.filter((key) => key !== 'run' && key !== 'measure');
  return {
    $schema,
    title: 'autolift task.yaml',
    description: 'A research task: what may be edited, how it is run, how it is measured.',
    ...rest,
    required: always,
    anyOf: [{ required: ['run', 'measure'] }, { required: ['research'] }],
  } as SchemaNode;
};
