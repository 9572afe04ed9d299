import assert from "node:assert/strict";
import { type KMSClientGroupValues, validate } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";
import { codes, createdHost, existingHost, idOf, network } from "./azure-program";
import { expectDiagnostics } from "./expect";
import { create, host, servers, subnet, vnet } from "./landing-zone";

/*
 * Machines that have something in common: an image, a scale set, a load balancer, a service that made them.
 */

const compute = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute";
const hostsSubnet = idOf.subnet("hosts", "spoke");
const networks = [
  vnet("spoke", "10.2.0.0/16"),
  subnet("hosts", "spoke", "10.2.1.0/24"),
  subnet("web", "spoke", "10.2.2.0/24"),
];
const resource = (kind: string, name: string, args: object): AzureResource => ({
  type: `azure-native:compute:${kind}`,
  name,
  args: { resourceGroupName: "rg", ...args },
});
const of = (machines: KMSClientGroupValues["machines"], ...resources: AzureResource[]) =>
  validate({
    hosts: host(hostsSubnet),
    groups: { web: { hosts: ["kms"], os: "Windows Server 2022", edition: "Datacenter", machines } },
    resources: [...networks, ...resources],
  }).filter(({ code }) => code !== "KMS2226");

describe("N28: members that are copies of one machine", () => {
  const names = Array.from({ length: 6 }, (_, place) => `web${place + 1}`);
  const members = { azureVmIds: names.map((name) => idOf.machine(name)) };
  const machines = (storageProfile: (name: string) => object) =>
    names.map((name) =>
      resource("VirtualMachine", name, { vmName: name, storageProfile: storageProfile(name) }),
    );
  const ofImage = () => ({
    imageReference: { id: `${compute}/galleries/gallery/images/golden/versions/1.0.0` },
  });
  const definition = (osState: string) =>
    resource("GalleryImage", "golden", { galleryName: "gallery", galleryImageName: "golden", osState });
  const ofDisk = (name: string) => ({
    osDisk: { createOption: "Attach", managedDisk: { id: `${compute}/disks/${name}` } },
  });
  const disks = (sourceOf: (name: string) => string) =>
    names.map((name) =>
      resource("Disk", name, {
        diskName: name,
        creationData: { createOption: "Copy", sourceResourceId: `${compute}/snapshots/${sourceOf(name)}` },
      }),
    );

  it("count once where their image is specialized", () => {
    expectDiagnostics(
      of(members, ...machines(ofImage), definition("Specialized")),
      [
        "warning",
        "KMS2216",
        "web",
        /the image of 6 members is the specialized image "golden", so its clones keep one/,
      ],
      [
        "warning",
        "KMS2211",
        "web",
        /can expect to count 1 machine, .* counted: web 1 of 6 \(clones with one client/,
      ],
    );
    assert.deepEqual(of(members, ...machines(ofImage), definition("Generalized")), []);
  });

  it("count once where their disks are copies of one snapshot", () => {
    expectDiagnostics(
      of(members, ...machines(ofDisk), ...disks(() => "golden")),
      ["warning", "KMS2216", "web", /the image of 6 members is a copy of the disk or snapshot golden/],
      ["warning", "KMS2211", "web", /can expect to count 1 machine/],
    );
    assert.deepEqual(
      of(members, ...machines(ofDisk), ...disks((name) => name)),
      [],
      "each restored from its own backup",
    );
  });
});

describe("N29: members of a scale set that exists", () => {
  const scaleSetId = `${compute}/virtualMachineScaleSets/web`;
  const set = (capacity: number) =>
    resource("VirtualMachineScaleSet", "web", {
      vmScaleSetName: "web",
      orchestrationMode: "Uniform",
      sku: { name: "Standard_D2s_v5", capacity },
    });

  it("are as many as the program declares", () => {
    expectDiagnostics(of({ scaleSetId }, set(3)), [
      "warning",
      "KMS2211",
      "web",
      /machines\.scaleSetId: the KMSHost kms can expect to count 3 machines, but the threshold is 5/,
    ]);
    assert.deepEqual(of({ scaleSetId }, set(6)), []);
  });

  it("are not known where an autoscaler, or nothing of the program, sets their number", () => {
    assert.deepEqual(codes(of({ scaleSetId })), ["info KMS2260"]);
    const autoscaler: AzureResource = {
      type: "azure-native:monitor:AutoscaleSetting",
      name: "scaling",
      args: { enabled: true, targetResourceUri: scaleSetId },
    };
    assert.ok(codes(of({ scaleSetId }, set(3), autoscaler)).includes("info KMS2260"));
  });
});

describe("N30: a load balancer before KMS hosts", () => {
  const pool = `${idOf.network("loadBalancers", "kms")}/backendAddressPools/hosts`;
  const machine = (name: string) => [
    resource("VirtualMachine", name, {
      vmName: name,
      networkProfile: { networkInterfaces: [{ id: idOf.network("networkInterfaces", name) }] },
    }),
    network("NetworkInterface", name, {
      networkInterfaceName: name,
      ipConfigurations: [{ subnet: { id: hostsSubnet }, loadBalancerBackendAddressPools: [{ id: pool }] }],
    }),
  ];
  const balancer = (backendPort: number) =>
    network("LoadBalancer", "kms", {
      loadBalancerName: "kms",
      sku: { name: "Standard" },
      frontendIPConfigurations: [{ name: "front", subnet: { id: hostsSubnet } }],
      loadBalancingRules: [{ name: "kms", protocol: "Tcp", frontendPort: backendPort, backendPort }],
    });
  const ofHosts = (names: string[], backendPort = 1688) =>
    validate({
      hosts: Object.fromEntries(
        names.map((name) => [name, existingHost(name, { activation: "offline" as never })]),
      ),
      resources: [...networks, ...names.flatMap(machine), balancer(backendPort)],
    });

  it("spreads the machines over hosts that count each for itself, which is said once", () => {
    const said = ofHosts(["kms1", "kms2"]);
    assert.deepEqual(codes(said), ["warning KMS2146"]);
    expectDiagnostics(said, [
      "warning",
      "KMS2146",
      "kms1",
      /the load balancer "kms" spreads requests over the KMS hosts kms1 and kms2, but each of them counts for itself/,
    ]);
  });

  it("is fine before one host, and for other ports", () => {
    assert.deepEqual(ofHosts(["kms1"]), []);
    assert.deepEqual(ofHosts(["kms1", "kms2"], 3389), []);
  });

  it("has one record in a zone, of one of its hosts", () => {
    const zones = [
      { zoneName: "corp.example", target: "kms.corp.example", dynamicUpdate: { servers: ["10.0.0.4"] } },
    ];
    const two = validate({
      hosts: { kms1: existingHost("kms1", { zones }), kms2: existingHost("kms2", { zones }) },
    });
    expectDiagnostics(two, [
      "error",
      "KMS5011",
      "kms2",
      /of hosts behind one load balancer only one has the record/,
    ]);
  });
});

describe("N31: nodes of a cluster that a service looks after", () => {
  const inGroup = (group: string) => ({
    web: {
      azureKms: true,
      os: "Windows Server 2022",
      edition: "Datacenter",
      machines: {
        scaleSetId: `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/akswin`,
      },
    },
  });

  it("are better left to it", () => {
    expectDiagnostics(validate({ groups: inGroup("MC_prod_cluster_westeurope") }), [
      "warning",
      "KMS2147",
      "web",
      /machines\.scaleSetId: akswin is in the resource group MC_prod_cluster_westeurope, whose machines Azure Kubernetes Service makes/,
    ]);
    assert.deepEqual(
      validate({ groups: inGroup("mcp-servers") }).filter(({ severity }) => severity !== "info"),
      [],
    );
  });
});

describe("N32: images of other publishers", () => {
  const image = (publisher: string, offer: string, sku: string) =>
    validate({
      hosts: {
        kms: createdHost({
          edition: "Datacenter",
          machine: { create: { ...create, subnetId: hostsSubnet, image: { publisher, offer, sku } } },
        }),
      },
    });

  it("may have a plan, which has no argument", () => {
    const hardened = image(
      "center-for-internet-security-inc",
      "cis-windows-server",
      "cis-windows-server2022-l1-gen2",
    );
    expectDiagnostics(hardened, [
      "warning",
      "KMS2148",
      "kms",
      /machine\.create\.image\.publisher: "center-for-internet-security-inc" is not a publisher of Microsoft/,
    ]);
  });

  it("of Microsoft have none", () => {
    assert.deepEqual(image("MicrosoftWindowsServer", "windowsserver2022", "2022-datacenter-g2"), []);
    assert.deepEqual(image("microsoftsqlserver", "sql2022-ws2022", "standard-gen2"), []);
  });
});

describe("N33: networks of azure-native's packages for one API version", () => {
  const version = (day: string, { type, ...rest }: AzureResource): AzureResource => ({
    ...rest,
    type: type.replace(/^azure-native:network/, `azure-native_network_v${day}:network`),
  });
  const members = servers(idOf.subnet("web", "spoke"), { hosts: undefined, azureKms: true });
  const said = (...resources: AzureResource[]) => validate({ groups: members, resources });

  // Source: https://www.pulumi.com/registry/packages/azure-native/from-v2-to-v3
  it("are seen as any others", () => {
    const isolated = subnet("web", "spoke", "10.2.2.0/24", { defaultOutboundAccess: false });
    expectDiagnostics(
      said(...[vnet("spoke", "10.2.0.0/16"), isolated].map((one) => version("20240701", one))),
      ["warning", "KMS2235", "web", /the subnet "web" is private and no outbound method/],
    );
  });

  // Source: https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
  it("are private by default since 2025-07-01, which an earlier network stays as it was", () => {
    const [hub, , web] = networks;
    const recent = [hub, web].map((one) => version("20250701", one));
    expectDiagnostics(said(...recent), [
      "warning",
      "KMS2235",
      "web",
      /the subnet "web" is private by the default of its API version and no outbound method/,
    ]);
    assert.deepEqual(said(hub, version("20250701", web)), []);
    assert.deepEqual(said(...[hub, web].map((one) => version("20240701", one))), []);
    const open = { ...recent[1], args: { ...recent[1].args, defaultOutboundAccess: true } };
    assert.deepEqual(said(recent[0], open), []);
    const ofKms = validate({
      hosts: host(idOf.subnet("web", "spoke")),
      resources: recent,
    });
    assert.deepEqual(codes(ofKms), ["warning KMS2105"], "the network may have been made before");
  });
});
