import { closeSync, openSync } from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import type { Diagnostic } from "../rules/diagnostic";
import { withoutSecretsOfWork } from "./secret-texts";

/** Which handler serves a resource; part of every resource's inputs. */
export type Kind =
  "CreatedMachine" | "HostActivation" | "ClientActivation" | "ScaleSetCapacity" | "SrvRecord";

/**
 * The life cycle of one kind of dynamic resource. Each step observes before it acts, so that a step that was cut off
 * can be run again.
 */
export interface Handler<Inputs, Outputs> {
  /**
   * Refuses inputs that no run could satisfy; sees the engine's unknown marks at preview.
   * @param olds inputs of the last update; undefined for a new resource
   */
  check(inputs: Inputs, olds?: Partial<Inputs>): pulumi.dynamic.CheckFailure[];
  diff(olds: Outputs, news: Inputs): pulumi.dynamic.DiffResult | Promise<pulumi.dynamic.DiffResult>;
  create(inputs: Inputs): Promise<{ id: string; outs: Outputs }>;
  /** Undefined when what the resource describes is gone. */
  read(id: string, olds: Outputs): Promise<Outputs | undefined>;
  update(id: string, olds: Outputs, news: Inputs): Promise<Outputs>;
  /** Succeeds when there is nothing left to remove. */
  remove(id: string, olds: Outputs): Promise<void>;
}

/** Version of the outputs that this code writes. */
export const stateVersion = 1;

/**
 * Thrown when work was done that must be memoized although the whole did not succeed: the engine keeps the resource
 * with these outputs and repairs it in the next update.
 */
export class PartialFailure extends Error {
  readonly reasons: string[];

  constructor(
    readonly id: string,
    readonly properties: object,
    cause: Error,
  ) {
    super(cause.message, { cause });
    this.name = "PartialFailure";
    this.reasons = [cause.message];
  }
}

/**
 * Errors as the engine wants them. The property stays empty, because the engine would print its value, a product key
 * as well; the path stands in the message.
 */
export function checkFailures(diagnostics: Diagnostic[]): pulumi.dynamic.CheckFailure[] {
  return diagnostics
    .filter((diagnostic) => diagnostic.severity === "error")
    .map((diagnostic) => ({ property: "", reason: diagnostic.message }));
}

/** A diagnostic as an error: the engine stops the preview, and the update before anything is changed. */
export const refusal = ({ code, path, message }: Diagnostic): Error =>
  Object.assign(new Error(message), { name: "KmsError", code, property: path });

/** Says something while the engine works: it shows what the provider process prints, live, under the stack. */
export function report(name: string, text: string): void {
  process.stdout.write(`${withoutSecretsOfWork(`${name}: ${text}`)}\n`);
}

/** Says diagnostics while the engine works, each with its severity unless it only informs. */
export function reportDiagnostics(name: string, diagnostics: readonly Diagnostic[]): void {
  for (const { severity, message } of diagnostics) {
    report(name, severity === "info" ? message : `${severity}: ${message}`);
  }
}

/** Whether somebody watches on a terminal, and no pipeline keeps a log. A plugin's own output is never a terminal. */
export function isWatched(env = process.env, terminal = "/dev/tty"): boolean {
  if ((env.CI ?? "") !== "") {
    return false;
  }
  if (process.platform === "win32") {
    return true;
  }
  try {
    closeSync(openSync(terminal, "r+"));
    return true;
  } catch {
    return false;
  }
}
