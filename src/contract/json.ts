/** A value that survives being written down and read again. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
