import * as pulumi from "@pulumi/pulumi";
import { resetOptions } from "@pulumi/pulumi/runtime/settings";

/** A resource that a program declared under mocks. */
export interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** How the engine is mocked. */
export interface MockOptions {
  /** Whether it is a preview. */
  preview?: boolean;
  /** Outputs of a resource beside its inputs. */
  outputs?: (resource: Declared) => object;
  /** What a function of a provider gives. @default - its arguments */
  call?: (token: string) => object;
  /** ID of a resource. @default - made from its name */
  idOf?: (resource: Declared) => string;
  /** Types of resources whose IDs are not known, as in a first preview. @default - all are known */
  unknownIds?: RegExp;
}

/** Mocks the engine: what the program declares from now on is added to the list, and has its inputs as outputs. */
export async function recordDeclared(declared: Declared[], options: MockOptions = {}): Promise<void> {
  const {
    preview = false,
    outputs = () => ({}),
    call,
    unknownIds,
    idOf = ({ name }) => `${name}-id`,
  } = options;
  const mocks: pulumi.runtime.Mocks = {
    newResource({ type, name, inputs }) {
      const resource = { type, name, inputs: inputs as Record<string, unknown> };
      declared.push(resource);
      return {
        id: unknownIds?.test(type) === true ? undefined : idOf(resource),
        state: { ...resource.inputs, ...outputs(resource) },
      };
    },
    call: ({ token, inputs }) => (call === undefined ? (inputs as object) : call(token)),
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack", preview, "organization");
}

/** Waits until all that the program declares is registered. */
export const allDeclared = () =>
  (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();

/** Takes the mocks away, for the tests that run in the same process. */
export function stopMocks(): void {
  const nothing = undefined as unknown as string;
  resetOptions(nothing, nothing, -1, nothing, nothing, false, nothing);
}
