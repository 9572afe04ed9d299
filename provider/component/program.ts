import * as pulumi from "@pulumi/pulumi";
import { setImmediate } from "node:timers/promises";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import { factsLayout, type HostFacts } from "../rules/facts";
import { programIndex, type ProgramIndex } from "../rules/program-index";

/*
 * A program may load several copies of this package, for example by a dependency that brings its own. What they know of
 * the program's resources is shared among them, where they mean the same by it.
 */

/** What the copies of the package share in a process. */
interface Shared {
  /** Layout of the facts of the copy that was loaded first. */
  layout: number;
  /** Folder of that copy. */
  folder: string;
  /** What is known of each program; several may run in one process. */
  programs: WeakMap<object, ProgramIndex>;
}

const sharedKey = Symbol.for("pulumi-windows-kms.programs");
const factsKey = Symbol.for("pulumi-windows-kms.facts");
const withoutEngine = {};

function shared(): Shared {
  const holder = globalThis as unknown as Record<symbol, Shared | undefined>;
  return (holder[sharedKey] ??= { layout: factsLayout, folder: __dirname, programs: new WeakMap() });
}

/** The running program, as far as its resources are known. */
export function runningProgram(): ProgramIndex {
  const { layout, programs } = shared();
  if (layout !== factsLayout) {
    return programIndex();
  }
  // All copies of Pulumi's SDK have the stack in common; unit tests have none, but a monitor of their own.
  const key = pulumi.runtime.getStackResource() ?? pulumi.runtime.getMonitor() ?? withoutEngine;
  const known = programs.get(key);
  if (known !== undefined) {
    return known;
  }
  const fresh = programIndex({ today: new Date().toISOString().slice(0, 10) });
  programs.set(key, fresh);
  return fresh;
}

/** Lets every resource of a program that is written in one go declare itself first. */
export async function programDeclared(): Promise<void> {
  await setImmediate();
}

interface AttachedFacts {
  layout: number;
  folder: string;
  facts: Promise<HostFacts | undefined>;
}

/**
 * Lets what the rules know of a host travel with it, so that a group of another copy of the package is checked as well.
 * The facts hold the product key; Pulumi exports a resource by its enumerable properties, so this is none.
 * @param facts resolves to undefined for a host that has errors
 */
export function attachFacts(host: pulumi.Resource, facts: Promise<HostFacts | undefined>): void {
  const value: AttachedFacts = { layout: factsLayout, folder: __dirname, facts };
  Object.defineProperty(host, factsKey, { value, enumerable: false });
}

/** What the rules know of a host, once they do; undefined for a host that has errors, or whose facts cannot be read. */
export async function attachedFacts(host: pulumi.Resource): Promise<HostFacts | undefined> {
  const attached = attachedTo(host);
  return attached?.layout === factsLayout ? attached.facts : undefined;
}

const attachedTo = (host: pulumi.Resource) =>
  (host as unknown as Record<symbol, AttachedFacts | undefined>)[factsKey];

/** Copies of the package that this one cannot work with: the one that was loaded first, and those of these hosts. */
export function copyDiagnostics(hosts: ReadonlyMap<string, pulumi.Resource>): Diagnostic[] {
  const { layout, folder } = shared();
  const foreign = [...hosts].filter(([, host]) => attachedTo(host)?.layout !== factsLayout);
  return [
    ...(layout === factsLayout
      ? []
      : [diagnostic("KMS1012", "error", "", { given: folder, own: __dirname })]),
    ...foreign.map(([path, host]) => {
      const given = attachedTo(host)?.folder ?? "an older version";
      return diagnostic("KMS1012", "error", path, { given, own: __dirname });
    }),
  ];
}
