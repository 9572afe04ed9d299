import assert from "node:assert/strict";
import { type AzureResource, type KMSClientGroupValues, type KMSHostValues, validate } from "../../provider";
import {
  around,
  codes,
  createdHost,
  createdServers,
  defaultRoute,
  existingHost,
  idOf,
  network,
  ofAzure,
  ofHost,
  routeTable,
  subnet,
  virtualNetwork,
} from "./azure-program";
import { expectDiagnostics } from "./expect";

/*
 * What Azure refuses later, or what has no effect, though the program itself says so.
 */

const create = { resourceGroupName: "rg", adminPassword: "correct horse 7 battery" };

describe("subnets and images of the program that Azure refuses for its machines", () => {
  // Source: https://github.com/MicrosoftDocs/azure-docs/issues/88211
  it("R127: are named where they have too few addresses for all that is created in them", () => {
    const small = subnet("web", { addressPrefix: "10.20.2.0/29" });
    expectDiagnostics(ofHost([subnet("hosts"), small]), [
      "error",
      "KMS2133",
      "web",
      /machines\.create\.subnetId: the subnet "web", 10\.20\.2\.0\/29, has 3 addresses for machines, and this program creates 6 machines in it/,
      /Azure keeps 5 addresses of each prefix/,
    ]);
    const together = (count: number) => {
      const inHosts = { machines: { create: { ...create, count, subnetId: idOf.subnet("hosts") } } };
      return codes(ofHost([subnet("hosts", { addressPrefix: "10.20.1.0/28" })], createdHost(), inHosts));
    };
    assert.deepEqual(together(10), [], "10 and the host are 11 of 16");
    assert.deepEqual(together(11), ["error KMS2133"]);
    const both = subnet("web", {
      addressPrefix: undefined,
      addressPrefixes: ["10.20.2.0/29", "10.20.3.0/29"],
    });
    assert.deepEqual(ofHost([subnet("hosts"), both]), []);
  });

  // Source: https://github.com/microsoft/CromwellOnAzure/issues/231
  it("R127: are named where they are in another region", () => {
    const of = (location: string | undefined, ofNetwork?: string) =>
      validate({
        hosts: {
          kms: createdHost({ machine: { create: { ...create, subnetId: idOf.subnet("hosts"), location } } }),
        },
        resources: [virtualNetwork({ location: ofNetwork }), subnet("hosts")],
      });
    expectDiagnostics(of("northeurope", "westeurope"), [
      "error",
      "KMS2134",
      "kms",
      /machine\.create\.location: "northeurope" is not the region of the subnet "hosts", whose virtual network is in westeurope/,
    ]);
    assert.deepEqual(of("West Europe", "westeurope"), []);
    assert.deepEqual(of(undefined, "westeurope"), []);
    assert.deepEqual(of("northeurope"), []);
  });

  // Source: https://learn.microsoft.com/azure/virtual-machines/trusted-launch
  it("are images as well that Trusted Launch does not support, or of another system", () => {
    const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/gold";
    const of = (image: object) =>
      codes(
        validate({
          hosts: {
            kms: createdHost({ machine: { create: { ...create, subnetId: idOf.subnet("hosts"), image } } }),
          },
        }),
      );
    assert.deepEqual(of({ id }), ["error KMS2136"]);
    const server = (sku: string, more: object = {}) =>
      of({ publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku, ...more });
    assert.deepEqual(server("2022-datacenter"), ["error KMS2136"], "generation 1");
    assert.deepEqual(server("2022-datacenter", { trustedLaunch: false }), []);
    assert.deepEqual(server("2022-datacenter-g2"), []);
    assert.deepEqual(server("2019-datacenter-gensecond"), ["error KMS2138"], "another system");
    assert.deepEqual(server("2022-datacenter-azure-edition"), ["error KMS2138"], "another edition");
    assert.deepEqual(of({ id, trustedLaunch: false }), []);
    assert.deepEqual(of({ id: id.replace("/images/", "/galleries/corp/images/") }), []);
  });
});

describe("the route table that gets routes to Azure's KMS", () => {
  const azureKmsRouteTableId = idOf.network("routeTables", "spoke");
  const route = (name: string, addressPrefix: string) =>
    network("Route", name, { routeTableName: "spoke", addressPrefix, nextHopType: "Internet" });
  const tunnel = network("Route", "default", {
    routeTableName: "spoke",
    ...defaultRoute("VirtualNetworkGateway"),
  });
  const empty = network("RouteTable", "spoke", { routeTableName: "spoke" });

  // Source: https://learn.microsoft.com/archive/blogs/mast/azure-vm-may-fail-to-activate-over-expressroute
  it("R127: may have none of them already", () => {
    const own = route("kms", "23.102.135.246/32");
    expectDiagnostics(ofAzure([subnet("web", around.spoke), empty, tunnel, own], { azureKmsRouteTableId }), [
      "error",
      "KMS2284",
      "web",
      /the route "kms" of the route table "spoke" already leads to an address of Azure's KMS/,
    ]);
    // Once the group has declared its routes, they are seen as resources of the program.
    for (const harmless of [
      route("web-azkms-23.102.135.246", "23.102.135.246/32"),
      route("updates", "20.0.0.0/8"),
    ]) {
      assert.deepEqual(
        ofAzure([subnet("web", around.spoke), empty, tunnel, harmless], { azureKmsRouteTableId }),
        [],
      );
    }
  });

  it("R127: keeps them only where its other routes are resources of their own", () => {
    const listed = routeTable(defaultRoute("VirtualNetworkGateway"));
    expectDiagnostics(ofAzure([subnet("web", around.spoke), listed], { azureKmsRouteTableId }), [
      "warning",
      "KMS2285",
      "web",
      /the route table "spoke" has its routes as one list/,
    ]);
  });

  it("R127: is the one of the members", () => {
    expectDiagnostics(ofAzure([subnet("web"), empty, tunnel], { azureKmsRouteTableId }), [
      "warning",
      "KMS2286",
      "web",
      /the route table "spoke" is not the one of the subnet "web"/,
    ]);
    assert.deepEqual(ofAzure([empty, tunnel], { azureKmsRouteTableId }), [], "a subnet of another stack");
  });
});

describe("existing machines that the program declares", () => {
  const machine = (name: string, args: object = {}): AzureResource => ({
    type: "azure-native:compute:VirtualMachine",
    name,
    args: { resourceGroupName: "rg", vmName: name, ...args },
  });
  const group = (args: KMSClientGroupValues = {}, names = ["web1"]): KMSClientGroupValues => ({
    azureKms: true,
    os: "Windows Server 2022",
    edition: "Datacenter",
    machines: { azureVmIds: names.map((name) => idOf.machine(name)) },
    ...args,
  });
  const of = (args: object, more: AzureResource[] = [], web = group()) =>
    validate({ groups: { web }, resources: [machine("web1", args), ...more] });
  const image = (sku: string, publisher = "MicrosoftWindowsServer") => ({
    storageProfile: { imageReference: { publisher, offer: "any", sku, version: "latest" } },
  });

  // Source: https://github.com/scylladb/scylla-cluster-tests/issues/6656
  it("take no run command without extensions or the agent", () => {
    for (const [setting, osProfile] of [
      ["osProfile.allowExtensionOperations", { allowExtensionOperations: false }],
      [
        "osProfile.windowsConfiguration.provisionVMAgent",
        { windowsConfiguration: { provisionVMAgent: false } },
      ],
    ] as const) {
      const diagnostics = of({ osProfile });
      expectDiagnostics(diagnostics, [
        "error",
        "KMS2287",
        "web",
        /machines\.azureVmIds\[0\]: the machine "web1"/,
      ]);
      assert.ok(diagnostics[0].message.includes(`${setting} false`));
    }
    const resources = [machine("web1", { osProfile: { allowExtensionOperations: false } })];
    assert.deepEqual(codes(validate({ hosts: { kms: existingHost("web1") }, resources })), ["error KMS2287"]);
    assert.deepEqual(of({ osProfile: { allowExtensionOperations: true } }), []);
  });

  it("are named together where many are alike", () => {
    const names = Array.from({ length: 8 }, (_, index) => `web${index + 1}`);
    const diagnostics = validate({
      groups: { web: group({}, names) },
      resources: names.map((name) => machine(name, { osProfile: { linuxConfiguration: {} } })),
    });
    expectDiagnostics(diagnostics, [
      "error",
      "KMS2288",
      "web",
      /the machine "web1" runs Linux, and KMS activates Windows and Office.*The same applies to 7 more items/,
    ]);
  });

  it("are of the image that they are made from, unless they were upgraded in place", () => {
    expectDiagnostics(of(image("2019-Datacenter")), [
      "warning",
      "KMS2289",
      "web",
      /the machine "web1" is declared with an image of Windows Server 2019 Datacenter, but os and edition say Windows Server 2022 Datacenter/,
    ]);
    assert.deepEqual(of(image("2022-Datacenter-smalldisk")), []);
    assert.deepEqual(of(image("anything", "corp")), []);
    assert.deepEqual(of(image("2019-Datacenter"), [], group({ os: undefined, edition: undefined })), []);
    const acknowledge = [{ code: "KMS2289", reason: "upgraded in place" }];
    assert.deepEqual(codes(of(image("2019-Datacenter"), [], group({ acknowledge }))), ["info KMS2289"]);
  });

  // Source: https://github.com/MicrosoftDocs/azure-docs/issues/63030
  it("may lie under a management lock", () => {
    const lock = (kind: string, args: object): AzureResource => ({
      type: `azure-native:authorization:ManagementLock${kind}`,
      name: "keep",
      args: { ...args },
    });
    const inGroup = { resourceGroupName: "rg", level: "ReadOnly" };
    expectDiagnostics(of({}, [lock("AtResourceGroupLevel", inGroup)]), [
      "warning",
      "KMS2135",
      "web",
      /the lock "keep" lies over the machine "web1": Azure refuses every run command there/,
    ]);
    const [group1, other] = ["/subscriptions/s/resourceGroups/rg", "/subscriptions/s/resourceGroups/other"];
    for (const [kind, args, expected] of [
      ["ByScope", { scope: group1, level: "CanNotDelete" }, 1],
      ["ByScope", { scope: idOf.machine("web1"), level: "ReadOnly" }, 1],
      ["ByScope", { scope: idOf.machine("web2"), level: "ReadOnly" }, 0],
      ["ByScope", { scope: idOf.network("virtualNetworks", "vnet"), level: "ReadOnly" }, 0],
      ["ByScope", { scope: other, level: "ReadOnly" }, 0],
      ["ByScope", { scope: "/subscriptions/s", level: "ReadOnly" }, 1],
      ["AtSubscriptionLevel", { level: "ReadOnly" }, 1],
      ["AtResourceGroupLevel", { ...inGroup, resourceGroupName: "other" }, 0],
      ["AtResourceLevel", { ...inGroup, resourceType: "virtualMachines", resourceName: "web1" }, 1],
      ["AtResourceLevel", { ...inGroup, resourceType: "virtualNetworks", resourceName: "web1" }, 0],
      ["AtResourceGroupLevel", { ...inGroup, level: "NotSpecified" }, 0],
    ] as const) {
      assert.equal(of({}, [lock(kind, args)]).length, expected, JSON.stringify([kind, args]));
    }
    const created = validate({
      hosts: { kms: createdHost() },
      resources: [lock("AtResourceGroupLevel", inGroup)],
    });
    assert.match(created[0].message, /KMS2135 machine\.create\.resourceGroupName: the lock "keep" lies over/);
  });
});

describe("KMS hosts on machines that may lose their disk", () => {
  // Source: https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks
  it("are named, as an activation goes with the disk", () => {
    const of = (args: object, more: KMSHostValues = {}) =>
      codes(
        validate({
          hosts: {
            kms: existingHost("kms1", more),
          },
          resources: [
            { type: "azure-native:compute:VirtualMachine", name: "kms1", args: { vmName: "kms1", ...args } },
          ],
        }),
      );
    const ephemeral = { storageProfile: { osDisk: { diffDiskSettings: { option: "Local" } } } };
    assert.deepEqual(of(ephemeral), ["warning KMS2137"]);
    assert.deepEqual(of({ priority: "Spot", evictionPolicy: "Delete" }), ["warning KMS2137"]);
    assert.deepEqual(of({ priority: "Spot", evictionPolicy: "Deallocate" }), []);
    assert.deepEqual(of({}), []);
    assert.deepEqual(of(ephemeral, { readOnly: true }), []);
  });
});

describe("machines of Azure Arc", () => {
  it("are pointed to SSH where a group is asked to reach them", () => {
    const machines = {
      arcMachineIds: ["/subscriptions/s/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/m"],
    };
    const [diagnostic] = validate({ groups: { web: createdServers({ machines } as KMSClientGroupValues) } });
    assert.match(diagnostic.message, /^KMS1001 .* are reached over SSH/);
  });
});
