import { LensError, toErrorFacts, type ErrorCode } from '../domain/errors';

/** What browsers and emscripten say when memory runs out. */
const OUT_OF_MEMORY = /out of memory|\bOOM\b|allocation failed|cannot enlarge memory|invalid (typed )?array length/i;

/** Anything thrown below the engine -> a coded error. Traps of WebAssembly leave its memory unusable: a crash. */
export function toEngineError(error: unknown): LensError {
  if (error instanceof LensError) return error;
  const { code, detail } = toErrorFacts(isMessage(error) ? new Error(error.message) : error);
  return new LensError(code === 'unexpected' ? guessCode(error, detail) : code, detail);
}

/** tfjs's wasm backend rejects with a plain object. */
function isMessage(error: unknown): error is { readonly message: string } {
  return (
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string' && !('code' in error)
  );
}

function guessCode(error: unknown, detail: string): ErrorCode {
  if (OUT_OF_MEMORY.test(detail)) return 'out-of-memory';
  return error instanceof WebAssembly.RuntimeError ? 'engine-crashed' : 'unexpected';
}
