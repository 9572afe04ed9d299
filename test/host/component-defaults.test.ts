import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import { KMSHost } from "../../provider/host/kms-host";
import { labKey } from "../rules/program";
import { type Declared, recordDeclared, stopMocks } from "../declared-resources";

const vmId = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;
const system = { os: "Windows Server 2022", edition: "Datacenter" };

const settled = (output: pulumi.Output<unknown>) =>
  new Promise<void>((resolve) => void output.apply(() => resolve()));

describe("a minimal program", () => {
  const declared: Declared[] = [];
  const inputsOf = (name: string) => declared.find((resource) => resource.name === name)?.inputs ?? {};

  before(async () => {
    await recordDeclared(declared);
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
    stopMocks();
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
