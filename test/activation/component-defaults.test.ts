import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { resetOptions } from "@pulumi/pulumi/runtime/settings";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import { KMSHost } from "../../provider/host/kms-host";
import { labKey } from "../rules/program";

interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

const vmId = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;
const system = { os: "Windows Server 2022", edition: "Datacenter" };

const settled = (output: pulumi.Output<unknown>) =>
  new Promise<void>((resolve) => void output.apply(() => resolve()));

describe("a minimal program", () => {
  const declared: Declared[] = [];
  const inputsOf = (name: string) => declared.find((resource) => resource.name === name)?.inputs ?? {};

  before(async () => {
    const mocks: pulumi.runtime.Mocks = {
      newResource({ type, name, inputs }) {
        declared.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: `${name}-id`, state: inputs as Record<string, unknown> };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    };
    await pulumi.runtime.setMocks(mocks, "project", "stack", false, "organization");
    const kms = new KMSHost("kms", {
      ...system,
      keyGroup: "Volume License for Windows Server 2022",
      productKey: labKey,
      azureVmId: vmId("kms"),
    });
    const web = new KMSClientGroup("web", {
      ...system,
      hosts: [kms],
      azureVmIds: ["a", "b", "c", "d", "e"].map(vmId),
    });
    const published = new KMSHost("published", {
      ...system,
      keyGroup: "Volume License for Windows Server 2022",
      productKey: labKey,
      azureVmId: vmId("published"),
      srvRecords: [{ privateZone: { resourceGroupName: "rg", zoneName: "corp.example" } }],
    });
    const found = new KMSClientGroup("found", {
      ...system,
      hosts: [published],
      azureVmIds: ["f", "g", "h", "i", "j"].map(vmId),
    });
    await Promise.all([kms.azureVmId, web.members, published.azureVmId, found.members].map(settled));
  });

  after(() => {
    const nothing = undefined as unknown as string;
    resetOptions(nothing, nothing, -1, nothing, nothing, false, nothing);
    assert.equal(pulumi.runtime.getMonitor(), undefined);
  });

  it("R130: works without any DNS argument: the members are told the host's name", () => {
    const { discovery, lookupDomain } = inputsOf("web-activation");
    assert.deepEqual([discovery, lookupDomain], ["host", ""]);
  });

  it("R128: uses DNS by default where the host publishes", () => {
    const { discovery, lookupDomain } = inputsOf("found-activation");
    assert.deepEqual([discovery, lookupDomain], ["dns", "corp.example"]);
  });

  it("R129: leaves publishing to Windows, unless the package publishes the record itself", () => {
    assert.equal(inputsOf("kms-activation").dnsPublishing, true);
    assert.equal(inputsOf("published-activation").dnsPublishing, false);
  });

  it("R125: renews every seven days", () => {
    assert.equal(inputsOf("kms-activation").renewalIntervalMinutes, 7 * 24 * 60);
  });

  it("R004, R148: is two kinds of resources, and the setup key is chosen by system and edition", () => {
    const types = declared.map(({ type }) => type).filter((type) => type.startsWith("pulumi-windows-kms:"));
    assert.deepEqual([...new Set(types)].sort(), [
      "pulumi-windows-kms:index:KMSClientGroup",
      "pulumi-windows-kms:index:KMSHost",
    ]);
    assert.equal(inputsOf("web-activation").setupKey, "WX4NM-KYWYW-QJJR4-XV3QB-6VM33");
  });
});
