import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import type { KMSHostZoneArgs } from "../../provider/host/args";
import { KMSHost } from "../../provider/host/kms-host";
import { allDeclared, type Declared, recordDeclared, stopMocks } from "../declared-resources";
import { labKey } from "../rules/program";

const resources = "/subscriptions/s/resourceGroups/rg/providers";
const vmId = (name: string) => `${resources}/Microsoft.Compute/virtualMachines/${name}`;
const azurePrivateZoneId = `${resources}/Microsoft.Network/privateDnsZones/corp.example`;
const system = { os: "Windows Server 2022", edition: "Datacenter" };

describe("a minimal program", () => {
  const declared: Declared[] = [];
  const inputsOf = (name: string) => declared.find((resource) => resource.name === name)?.inputs ?? {};
  const settingsOf = (name: string) => inputsOf(name).settings as Record<string, unknown>;

  before(async () => {
    // A group without members is enough: what is asserted are inputs.
    const noMembers = { common: {}, members: [], machinesMissing: 0 };
    await recordDeclared(declared, {
      outputs: ({ type }) => (type.endsWith(":ClientActivation") ? noMembers : {}),
    });
    const host = (name: string, zones?: KMSHostZoneArgs[]) =>
      new KMSHost(name, {
        ...system,
        key: { keyGroup: "Volume License for Windows Server 2022", productKey: labKey },
        machine: { azureVmId: vmId(name) },
        zones,
      });
    const group = (name: string, hosts: KMSHost[], members: string) =>
      new KMSClientGroup(name, { ...system, hosts, machines: { azureVmIds: [...members].map(vmId) } });
    group("web", [host("kms")], "abcde");
    group("found", [host("published", [{ zoneName: "corp.example", azurePrivateZoneId }])], "fghij");
    await allDeclared();
  });

  after(() => {
    stopMocks();
    assert.equal(pulumi.runtime.getMonitor(), undefined);
  });

  it("R130: works without any DNS argument: the members are given the host's name", () => {
    const { discovery, lookupDomain } = inputsOf("web-activation");
    assert.deepEqual([discovery, lookupDomain], ["fixedHost", ""]);
  });

  it("R128: uses DNS by default where the host publishes", () => {
    const { discovery, lookupDomain } = inputsOf("found-activation");
    assert.deepEqual([discovery, lookupDomain], ["dns", "corp.example"]);
  });

  it("R129: leaves publishing to Windows, unless the package publishes the record itself", () => {
    assert.equal(settingsOf("kms-activation").dnsPublishing, true);
    assert.equal(settingsOf("published-activation").dnsPublishing, false);
  });

  it("R125: renews every seven days", () => {
    assert.equal(settingsOf("kms-activation").renewalIntervalMinutes, 7 * 24 * 60);
  });

  it("R004, R148: is two kinds of resources, and the setup key is chosen by system and edition", () => {
    const types = declared.map(({ type }) => type).filter((type) => type.startsWith("windows-kms:"));
    assert.deepEqual([...new Set(types)].sort(), [
      "windows-kms:index:KMSClientGroup",
      "windows-kms:index:KMSHost",
    ]);
    assert.equal(inputsOf("web-activation").setupKey, "WX4NM-KYWYW-QJJR4-XV3QB-6VM33");
  });
});
