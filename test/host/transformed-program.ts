import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { KMSClientGroup, KMSHost } from "../../provider";
import { runProgram } from "../component/program-in-stack";
import type { Declared } from "../declared-resources";
import { key, os, subnetId } from "./mocked-host";

/** Arguments of a machine, or of several, that the package creates. */
export const create = { resourceGroupName: "rg", subnetId, adminPassword: "correct horse 7 battery" };
export const hostArgs = { key, os, machine: { create }, clientPrefixes: ["10.20.0.0/16"] };
export const groupArgs = { os, edition: "Datacenter", machines: { create: { ...create, count: 2 } } };

/** What the program gave to a resource. */
export const inputsOf = (declared: Declared[], name: string) =>
  declared.find((one) => one.name === name)?.inputs ?? assert.fail(`${name} is not declared`);

/** A program with a host and a group that have the same transformations. */
export const transformedProgram = (...transformations: pulumi.ResourceTransformation[]) =>
  runProgram(() => {
    const kms = new KMSHost("kms", hostArgs, { transformations });
    const web = new KMSClientGroup("web", { hosts: [kms], ...groupArgs }, { transformations });
    return { kms, web };
  });
