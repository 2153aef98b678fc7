import { z } from 'zod';
import { taskSchema } from '../../contract/task-schema.js';

/** The part of JSON Schema that zod writes for task.yaml. */
export interface SchemaNode {
  type?: string;
  title?: string;
  description?: string;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: SchemaNode | boolean;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
}

/** Schema of what a person writes in task.yaml: durations may be text, defaults may be left out. */
export const taskJsonSchema = (): SchemaNode => {
  const { $schema, required = [], ...rest } = z.toJSONSchema(taskSchema, { io: 'input' });
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
