import * as pulumi from "@pulumi/pulumi";
import { resetOptions } from "@pulumi/pulumi/runtime/settings";

/** A resource that a program declared under mocks. */
export interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** Mocks the engine: what the program declares from now on is added to the list, and has its inputs as outputs. */
export async function recordDeclared(declared: Declared[]): Promise<void> {
  const mocks: pulumi.runtime.Mocks = {
    newResource({ type, name, inputs }) {
      declared.push({ type, name, inputs: inputs as Record<string, unknown> });
      return { id: `${name}-id`, state: inputs as Record<string, unknown> };
    },
    call: ({ inputs }) => inputs as Record<string, unknown>,
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack", false, "organization");
}

/** Takes the mocks away, for the tests that run in the same process. */
export function stopMocks(): void {
  const nothing = undefined as unknown as string;
  resetOptions(nothing, nothing, -1, nothing, nothing, false, nothing);
}
