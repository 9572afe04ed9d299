import * as pulumi from "@pulumi/pulumi";
import type { Diagnostic } from "../../provider/rules/diagnostic";
import { allDeclared, type Declared, recordDeclared, stopMocks } from "../declared-resources";
import { listenToFailures } from "../failing-programs";

const unknownOutputs = /^azure-native:/;

/** What a program under mocks declared, and what was reported of its components. */
export interface ProgramRun {
  declared: Declared[];
  /** `severity code path` of each diagnostic, by the logical name of the component. */
  diagnostics: Record<string, Diagnostic[]>;
}

/**
 * Runs a program on Pulumi's mocks in a stack of its own, as the engine does: the package is loaded before the program declares
 * anything. The IDs and outputs of Azure resources are not known.
 * @param preview whether it is a preview, which is the default
 */
export async function runProgram(
  program: () =>
    | Record<string, { diagnostics: pulumi.Output<Diagnostic[]> }>
    | Promise<Record<string, { diagnostics: pulumi.Output<Diagnostic[]> }>>,
  preview = true,
): Promise<ProgramRun> {
  const listenAgain = listenToFailures();
  const declared: Declared[] = [];
  const diagnostics: Record<string, Diagnostic[]> = {};
  try {
    await recordDeclared(declared, { preview, unknownIds: unknownOutputs });
    await pulumi.runtime.runInPulumiStack(async () => {
      const components = await program();
      for (const [name, component] of Object.entries(components)) {
        diagnostics[name] = await new Promise((resolve) => void component.diagnostics.apply(resolve));
      }
      return {};
    });
    await allDeclared();
  } finally {
    stopMocks();
    listenAgain();
  }
  return { declared, diagnostics };
}

/** Each diagnostic as `severity code path`. */
export const brief = (diagnostics: Diagnostic[]): string[] =>
  diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path}`);
