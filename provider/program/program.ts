import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { type ProgramIndex, programIndex } from "../rules/program-index";

/** What is known of each program; several may run in one process, each with an engine connection of its own. */
const programs = new WeakMap<object, ProgramIndex>();
const withoutEngine = {};

/** The running program, as far as its resources are known. */
export function runningProgram(): ProgramIndex {
  const key = pulumi.runtime.getMonitor() ?? withoutEngine;
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
