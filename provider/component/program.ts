import * as pulumi from "@pulumi/pulumi";
import { setImmediate, setTimeout } from "node:timers/promises";
import { stackOutputs } from "../engine/sdk-internals";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import { factsLayout, type HostFacts } from "../rules/facts";
import { programIndex, type ProgramIndex } from "../rules/program-index";
import { dayOf } from "../rules/days";

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
  programs: WeakMap<object, Program>;
}

/** A running program. */
interface Program {
  /** Its resources, as far as they are known. */
  index: ProgramIndex;
  /** How many components it has declared so far. */
  declared: number;
  /** Components whose arguments are not open yet. */
  joining: Set<Promise<void>>;
}

const sharedKey = Symbol.for("pulumi-windows-kms.programs");
const factsKey = Symbol.for("pulumi-windows-kms.facts");
const withoutEngine = {};

function shared(): Shared {
  const holder = globalThis as unknown as Record<symbol, Shared | undefined>;
  return (holder[sharedKey] ??= { layout: factsLayout, folder: __dirname, programs: new WeakMap() });
}

const newProgram = (): Program => ({
  index: programIndex({ today: dayOf(Date.now()) }),
  declared: 0,
  joining: new Set(),
});

function currentProgram(): Program {
  const { layout, programs } = shared();
  if (layout !== factsLayout) {
    return newProgram();
  }
  // All copies of Pulumi's SDK have the stack in common; unit tests have none, but a monitor of their own.
  const key = pulumi.runtime.getStackResource() ?? pulumi.runtime.getMonitor() ?? withoutEngine;
  const known = programs.get(key);
  if (known !== undefined) {
    return known;
  }
  const fresh = newProgram();
  programs.set(key, fresh);
  return fresh;
}

/** The running program, as far as its resources are known. */
export const runningProgram = (): ProgramIndex => currentProgram().index;

/** A component from its declaration on. */
export interface DeclaredComponent {
  program: ProgramIndex;
  /** Its number among the components of the program. */
  order: number;
  /** Its facts are in the program, or it has none. */
  joined(): void;
  /** Lets what a program declares in one go be declared first. */
  declaredInOneGo(): Promise<void>;
  /**
   * Waits until nothing has been declared for a second, or until the program has ended. A program may wait for a component
   * before it declares the next one, so that the component must not wait for the end.
   */
  quiet(): Promise<void>;
  /** Waits until it is quiet, and the arguments of each declared component are known. */
  known(): Promise<void>;
  /**
   * Waits until the program has ended and the arguments of each component are known, or until it is quiet: a resource of the
   * component may wait for this, though the arguments of another one may wait for that resource.
   */
  settled(): Promise<void>;
  /** Waits for the end of the program, when the arguments of each component are known. */
  ended(): Promise<void>;
}

const quietMilliseconds = 1000;

/** Notes a component at its declaration: its arguments may be known after those of components that follow it. */
export function declareComponent(): DeclaredComponent {
  const program = currentProgram();
  const { index, joining } = program;
  const order = ++program.declared;
  let joined = () => {};
  const opening = new Promise<void>((resolve) => {
    joined = () => {
      joining.delete(opening);
      resolve();
    };
  });
  joining.add(opening);
  const ended = async () => {
    await stackEnded();
    await allJoined(program);
  };
  return {
    program: index,
    order,
    joined,
    declaredInOneGo: () => setImmediate(),
    quiet: () => firstOf(stackEnded, (signal) => quietly(program, signal)),
    async known() {
      await firstOf(stackEnded, (signal) => quietly(program, signal));
      await allJoined(program);
    },
    settled: () => firstOf(ended, (signal) => quietly(program, signal)),
    ended,
  };
}

/** The end of the program: its exports are known, or it has failed. Unit tests have no stack. */
async function stackEnded(): Promise<void> {
  await setImmediate();
  await stackOutputs(pulumi.runtime.getStackResource()).catch(() => undefined);
}

async function allJoined({ joining }: Program): Promise<void> {
  while (joining.size > 0) {
    await Promise.all(joining);
  }
}

async function quietly(program: Program, signal: AbortSignal): Promise<void> {
  let before = -1;
  for (let now = changesOf(program); now !== before && !signal.aborted; now = changesOf(program)) {
    before = now;
    await setTimeout(quietMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

const changesOf = ({ declared, index }: Program) => declared + index.revision;

/** Waits for the first of two, and gives the other one up. */
async function firstOf(one: () => Promise<void>, other: (signal: AbortSignal) => Promise<void>) {
  const controller = new AbortController();
  await Promise.race([one(), other(controller.signal)]);
  controller.abort();
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
