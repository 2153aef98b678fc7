import { z } from 'zod';

/** The part of JSON Schema that zod writes for what people write. */
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
  exclusiveMaximum?: number;
  pattern?: string;
}

/** What a person may write for a schema: durations as text, defaults left out. */
export const writtenForm = (schema: z.ZodType): SchemaNode =>
  z.toJSONSchema(schema, { io: 'input' }) as SchemaNode;
