import { createRequire } from "node:module";

/** What the SDK knows of the program that runs, beside its documented interface. */
export interface ProgramStore {
  settings: { options: { rootDirectory?: string; engineAddr?: string } };
}

const load = createRequire(__filename);

/** The SDK declares no types for what its hosts of programs use. */
const state = load("@pulumi/pulumi/runtime/state") as {
  getStore(): ProgramStore;
  withLocalStorage<Result>(run: () => Promise<Result>): Promise<Result>;
};

/** What the SDK knows of the program that runs now. */
export const programStore = () => state.getStore();

/** Runs something as a program of its own beside others of this process, as the Automation API does. */
export const asProgram = <Result>(run: () => Promise<Result>) => state.withLocalStorage(run);

let isSkipping = false;

/**
 * For programs of this process: the SDK notes the stack of each promise for a message about those that never settle, and
 * each frame is looked up in the source maps of the tests, which is a third of what a program under mocks costs.
 */
export function skipPromiseStacks(): void {
  if (isSkipping) {
    return;
  }
  isSkipping = true;
  const sdk = load("@pulumi/pulumi/runtime/debuggable") as {
    debuggablePromise: (promise: Promise<unknown>, context?: unknown) => Promise<unknown>;
  };
  const { debuggablePromise } = sdk;
  sdk.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}
