import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import variantModule from '@jitl/quickjs-wasmfile-release-sync';

/** Node has it; TypeScript has its types only among the browser's. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  Memory: new (size: { initial: number; maximum: number }) => object;
};

// its types are those of its CommonJS half, where the default export is one level deeper
const variant = variantModule as unknown as QuickJSSyncVariant;

const PAGE = 64 * 1024;
/** What the engine's own binary asks for. */
const FIRST_PAGES = 256;

let compiled: Promise<object> | undefined;

const compile = async (): Promise<object> => {
  const { resolve } = createRequire(import.meta.url);
  return WebAssembly.compile(await readFile(resolve('@jitl/quickjs-wasmfile-release-sync/wasm')));
};

/**
 * A QuickJS of its own, about 3 ms: compiled once, instantiated for each mechanism. So a broken instance is simply dropped,
 * and no mechanism starts in a heap that another has left behind. Its memory has a maximum, since the engine's own
 * limit passes over long strings and buffers.
 */
export const newEngine = async (memory: number): Promise<QuickJSWASMModule> => {
  compiled ??= compile();
  const wasmMemory = new WebAssembly.Memory({
    initial: FIRST_PAGES,
    maximum: Math.max(FIRST_PAGES, Math.floor(memory / PAGE)),
  });
  return newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule: await compiled, wasmMemory }));
};
