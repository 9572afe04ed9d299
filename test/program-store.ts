import { createRequire } from "node:module";

/** What the SDK knows of the program that runs, beside its documented interface. */
export interface ProgramStore {
  settings: { options: { rootDirectory?: string; engineAddr?: string } };
}

/** The SDK declares no types for what its hosts of programs use. */
const state = createRequire(__filename)("@pulumi/pulumi/runtime/state") as {
  getStore(): ProgramStore;
  withLocalStorage<Result>(run: () => Promise<Result>): Promise<Result>;
};

/** What the SDK knows of the program that runs now. */
export const programStore = () => state.getStore();

/** Runs something as a program of its own beside others of this process, as the Automation API does. */
export const asProgram = <Result>(run: () => Promise<Result>) => state.withLocalStorage(run);
