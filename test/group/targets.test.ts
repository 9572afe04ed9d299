import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KMSClientGroupArgs } from "../../provider/group/args";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import type { KMSHostArgs } from "../../provider/host/args";
import { KMSHost } from "../../provider/host/kms-host";
import { allDeclared, stopMocks } from "../declared-resources";
import { azureVmId, key, os, subnetId, zones } from "../host/mocked-host";

/** Of a resource that `pulumi up --target` leaves out the ID is unknown, and its outputs are undefined. */
async function declareWithoutChildren(): Promise<void> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: () => ({ id: undefined, state: {} }),
    call: ({ token }) => assert.fail(`${token} is called for a machine that does not exist`),
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack", false, "organization");
}

/** All outputs of a component. */
const outputsOf = async (component: pulumi.Resource): Promise<Record<string, unknown>> => {
  const outputs = Object.entries(component).filter(
    ([name, value]) => name !== "urn" && pulumi.Output.isInstance(value),
  );
  const known = await Promise.all(
    outputs.map(
      async ([name, value]) =>
        [name, await (value as unknown as { promise(): Promise<unknown> }).promise()] as const,
    ),
  );
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
};

class VirtualMachine extends pulumi.CustomResource {}

const create = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests" };

describe("components whose children an update with targets leaves out", () => {
  beforeEach(declareWithoutChildren);
  afterEach(stopMocks);

  const declare = async (hostArgs: Partial<KMSHostArgs>, machines: KMSClientGroupArgs["machines"]) => {
    const host = new KMSHost("kms", { key, os, machine: { azureVmId }, ...hostArgs });
    const group = new KMSClientGroup("web", { hosts: [host], os, edition: "Datacenter", machines });
    await allDeclared();
    return { host: await outputsOf(host), group: await outputsOf(group) };
  };

  it("have the outputs that are known without them", async () => {
    const { host, group } = await declare(
      { machine: { create }, clientPrefixes: ["10.20.0.0/16"], zones },
      { create: { ...create, count: 2 } },
    );
    assert.deepEqual(
      { ...host, diagnostics: undefined },
      {
        diagnostics: undefined,
        edition: "Datacenter",
        fqdn: "kms.corp.example",
        keyGroup: key.keyGroup,
        licenseStatus: "NotObserved",
        names: ["kms.corp.example"],
        officeStates: [],
        os,
        port: 1688,
        privateIpAddress: "",
        zoneNames: ["corp.example"],
      },
    );
    assert.deepEqual([group.members, group.memberCounts, group.machinesMissing], [[], {}, 0]);
  });

  it("are not asked for the address of a machine that is left out as well", async () => {
    const vm = new VirtualMachine("azure-native:compute:VirtualMachine", "vm", {});
    const { host, group } = await declare({ machine: { azureVmId: vm.id }, zones }, { azureVmIds: [vm.id] });
    assert.deepEqual([host.licenseStatus, host.port, group.members], ["NotObserved", 1688, []]);
  });
});
