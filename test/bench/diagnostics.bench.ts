// Time for all diagnostics of a large program, beside constructing as many bare resources of azure-native.
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import { validate } from "pulumi-windows-kms";
import { report } from "./shared/figure";
import { medianMilliseconds } from "./shared/measure";
import { syntheticProgram } from "./shared/synthetic-program";

const shape = { hosts: 1_000, groups: 1_000, membersPerGroup: 100, form: "spread" } as const;
const resources = shape.hosts + shape.groups;
const validateRuns = 7;
const constructRuns = 3;

/**
 * Record sets are the cheapest of the resources that a KMS host has: construction takes time for each alias, of which
 * azure-native gives a record set 7, a virtual machine 29 and a network interface 60.
 */
async function constructBareResources(): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
    call: () => ({}),
  });
  const made = Array.from({ length: resources }, (_, index) => bareResource(`record-${index}`));
  await Promise.all(made.map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));
}

const bareResource = (name: string) =>
  new privatedns.PrivateRecordSet(name, {
    resourceGroupName: "bench",
    privateZoneName: "corp.example",
    recordType: "A",
  });

async function main(): Promise<void> {
  const program = syntheticProgram(shape);
  const { hosts, groups, membersPerGroup } = shape;
  const size = { hosts, groups, membersPerGroup };
  const diagnostics = await medianMilliseconds({ runs: validateRuns }, () => validate(program));
  report({ name: "diagnostics/validate", value: diagnostics, unit: "ms", ...size, runs: validateRuns });
  const identifiers = syntheticProgram({ hosts: 1, groups: 1, membersPerGroup: 100_000, form: "spread" });
  const wrong = structuredClone(identifiers);
  const { azureVmIds } = wrong.groups["group-0"].machines!;
  wrong.groups["group-0"].machines!.azureVmIds = azureVmIds!.map((id) => id!.replace("/bench/", "/bench./"));
  const misspelt = structuredClone(identifiers);
  const machines = Array.from({ length: 100_000 }, (_, index) => ({ host: `web-${index}`, portt: 22 }));
  misspelt.groups["group-0"].machines = { ssh: { user: "admin", machines } };
  const programs = { identifiers, "wrong-identifiers": wrong, "misspelt-arguments": misspelt };
  for (const [name, one] of Object.entries(programs)) {
    const value = await medianMilliseconds({ runs: constructRuns }, () => validate(one));
    report({ name: `diagnostics/${name}`, value, unit: "ms", identifiers: 100_000, runs: constructRuns });
  }
  const bare = await medianMilliseconds({ runs: constructRuns }, constructBareResources);
  const type = "privatedns.PrivateRecordSet";
  report({
    name: "diagnostics/bare-resources",
    value: bare,
    unit: "ms",
    resources,
    type,
    runs: constructRuns,
  });
  report({
    name: "diagnostics/relative",
    value: diagnostics / bare,
    unit: "validate / bare-resources",
    ...size,
  });
}

void main();
