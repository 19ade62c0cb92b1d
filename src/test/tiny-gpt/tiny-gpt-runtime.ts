/** For tests: the tiny GPT in ONNX Runtime and in transformers.js, as they are published, on the processor, with one thread. */
import { packageFile, servedModule } from '../served-module.js';
import { tinyGpt } from './tiny-gpt.js';
import { tinyGptFolder } from './tiny-gpt-files.js';
import type { OnnxRuntime } from './tiny-gpt-loop.js';

type Transformers = typeof import('@huggingface/transformers');

const WASM_PATHS = {
  mjs: packageFile('onnxruntime-web/dist/ort-wasm-simd-threaded.mjs'),
  wasm: packageFile('onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'),
};

/** Files of folders that are otherwise like `tiny-gpt`. */
export const otherModels = new Map<string, Blob>();

let runtime: Promise<OnnxRuntime> | undefined;
let library: Promise<Transformers> | undefined;

/** ONNX Runtime; the same at each call. */
export function onnxRuntime(): Promise<OnnxRuntime> {
  runtime ??= (async () => {
    const ort = (await servedModule('onnxruntime-web/dist/ort.wasm.min.mjs')) as OnnxRuntime;
    ort.env.wasm.wasmPaths = WASM_PATHS;
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    return ort;
  })();
  return runtime;
}

/** transformers.js with a folder that is in memory, and with models that were put beside it; asks for nothing else. */
export function transformers(): Promise<Transformers> {
  library ??= (async () => {
    const module = (await servedModule('@huggingface/transformers/dist/transformers.min.js')) as Transformers;
    const { env } = module;
    const files = tinyGptFolder(tinyGpt());
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = '/models/';
    env.useBrowserCache = false;
    env.useWasmCache = false;
    const wasm = env.backends.onnx.wasm!;
    wasm.wasmPaths = WASM_PATHS;
    wasm.numThreads = 1;
    env.fetch = (asked: string | URL) => {
      const [, folder = '', path = ''] = /\/models\/([^/]+)\/(.+)$/.exec(String(asked)) ?? [];
      const file = otherModels.get(`${folder}/${path}`) ?? files.get(path);
      const headers = { 'content-length': String(file?.size ?? 0) };
      return Promise.resolve(new Response(file ?? null, { status: file ? 200 : 404, headers }));
    };
    return module;
  })();
  return library;
}
