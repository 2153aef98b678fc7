export const JSON_FLAG = { type: 'boolean', description: 'print JSON, for programs' } as const;
