import assert from "node:assert/strict";
import { type AzureResource, validate } from "../../provider";
import { codes, createdHost, idOf } from "./azure-program";

const vm = (name: string) => idOf.machine(name);
const extension = (type: string, vmName: string): AzureResource => ({
  type: "azure-native:compute/v20240701:VirtualMachineExtension",
  name: "join",
  args: { vmName, publisher: "Microsoft.Compute", type },
});
const machine = (name: string, rest: object = {}): AzureResource => ({
  type: "azure-native:compute:VirtualMachine",
  name,
  args: { vmName: name, ...rest },
});

describe("R127: existing machines that the program declares", () => {
  const image = {
    publisher: "MicrosoftWindowsServer",
    offer: "WindowsServer",
    sku: "2019-datacenter-gensecond",
  };
  const web = machine("web1", { storageProfile: { imageReference: { ...image, version: "latest" } } });
  const group = (resources: AzureResource[], args: object = {}) =>
    validate({
      hosts: { kms: createdHost() },
      groups: { web: { hosts: ["kms"], machines: { azureVmIds: [vm("web1")] }, ...args } },
      resources,
    });

  it("are what their images are, where os is left out", () => {
    const named = group([web]).find(({ code }) => code === "KMS2226");
    assert.match(named?.message ?? "", /Windows Server 2019/);
    assert.equal(
      group([machine("web1")]).find(({ code }) => code === "KMS2226"),
      undefined,
    );
  });

  it("are in a domain where an extension joins them", () => {
    const byDns = { discovery: "dns" };
    const suffix = (resources: AzureResource[]) => codes(group(resources, byDns)).includes("warning KMS2220");
    assert.ok(suffix([]));
    assert.ok(!suffix([machine("web1"), extension("JsonADDomainExtension", "web1")]));
  });
});
