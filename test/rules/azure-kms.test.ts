import assert from "node:assert/strict";
import type { MachineNetworkValues } from "../../provider/rules/args.generated";
import {
  azureMembers,
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  members,
  messageOf,
  ofGroup,
} from "./program";

const table = (name: string, resourceGroup = "rg") =>
  `/subscriptions/s/resourceGroups/${resourceGroup}/providers/Microsoft.Network/routeTables/${name}`;
const onAzure = (changes: GroupChanges = {}) =>
  group({ hosts: [], azureKms: true, machines: azureMembers(10, changes.name), ...changes });
const ofAzure = (changes: GroupChanges) => diagnosticsOf([], [onAzure(changes)]);

describe("a group of Azure's own KMS", () => {
  it("has no fault as it is, with routes as well, and no threshold", () => {
    assert.deepEqual(ofAzure({ machines: azureMembers(1) }), []);
    assert.deepEqual(ofAzure({ azureKmsRouteTableId: table("rt") }), []);
  });

  it("cannot have machines outside Azure", () => {
    const diagnostics = ofAzure({ machines: members(5) });
    assert.deepEqual(brief(diagnostics), ["web error KMS2251 machines.ssh"]);
    assert.match(messageOf(diagnostics, "KMS2251"), /only requests from an Azure public address/);
    // A machine in Azure that takes no run command is reached that way: KMS2236.
    const acknowledge = [{ code: "KMS2251", reason: "in Azure" }];
    assert.deepEqual(brief(ofAzure({ machines: members(5), acknowledge })), [
      "web warning KMS2251 machines.ssh",
    ]);
    assert.deepEqual(brief(ofAzure({ machines: { ...azureMembers(3), ...members(2) } })), [
      "web error KMS2251 machines.ssh",
    ]);
  });

  it("cannot choose how members find a KMS host", () => {
    const diagnostics = ofAzure({ discovery: "dns", lookupDomain: "corp.example" });
    assert.deepEqual(brief(diagnostics), ["web error KMS2252 discovery", "web error KMS2252 lookupDomain"]);
    assert.match(
      diagnostics[1].message,
      /lookupDomain: it has no meaning for a group that Azure's own KMS activates/,
    );
  });

  it("alone has routes to it", () => {
    const diagnostics = ofGroup({ azureKmsRouteTableId: table("rt") });
    assert.deepEqual(brief(diagnostics), ["web error KMS2252 azureKmsRouteTableId"]);
    assert.match(diagnostics[0].message, /it has no meaning for a group that a KMSHost activates/);
  });

  it("is not one of Office", () => {
    const office = { version: "LTSC 2024", product: "Office LTSC Professional Plus 2024" };
    const diagnostics = ofAzure({ office, os: undefined, edition: undefined });
    assert.deepEqual(brief(diagnostics), ["web error KMS2258 office"]);
    assert.match(
      messageOf(diagnostics, "KMS2258"),
      /not activate Office LTSC 2024: each Office version needs/,
    );
  });

  it("warns of Windows clients, outside Azure Government", () => {
    const clients = { os: "Windows 11", edition: "Enterprise" };
    const diagnostics = ofAzure(clients);
    assert.deepEqual(brief(diagnostics), ["web warning KMS2253 os"]);
    assert.match(messageOf(diagnostics, "KMS2253"), /activate Windows 11: .*Azure Virtual Desktop/);
    assert.deepEqual(brief(ofAzure({ ...clients, azureCloud: "china" })), ["web warning KMS2253 os"]);
    assert.deepEqual(ofAzure({ ...clients, azureCloud: "usgovernment" }), []);
  });

  it("may be cut off for 31 days, or be clones: Azure counts by itself", () => {
    assert.deepEqual(ofAzure({ assume: { offlineDays: 31 } }), []);
    assert.deepEqual(ofAzure({ assume: { image: { skipRearm: true } } }), []);
    assert.deepEqual(brief(ofAzure({ assume: { offlineDays: 180 } })), [
      "web warning KMS2230 assume.offlineDays",
    ]);
  });
});

describe("the routes of several groups to Azure's own KMS", () => {
  const named = (name: string, azureKmsRouteTableId?: string, unknown?: string[]) =>
    onAzure({ name, azureKmsRouteTableId, unknown });

  it("stand in a table once", () => {
    const diagnostics = diagnosticsOf(
      [],
      [named("web", table("tunnel")), named("app", table("Tunnel", "RG"))],
    );
    assert.deepEqual(brief(diagnostics), ["app error KMS2254 azureKmsRouteTableId"]);
    assert.match(
      messageOf(diagnostics, "KMS2254"),
      /the group web of this program already adds its routes .* to Tunnel, .*dependsOn: \[web\]/,
    );
  });

  it("may stand in tables of several resource groups, and in those that are not known yet", () => {
    assert.deepEqual(
      diagnosticsOf([], [named("web", table("tunnel")), named("app", table("tunnel", "other"))]),
      [],
    );
    const later = ["azureKmsRouteTableId"];
    assert.deepEqual(diagnosticsOf([], [named("web", undefined, later), named("app", undefined, later)]), []);
  });
});

describe("members that Azure's own KMS activates", () => {
  const inNetwork = (network: MachineNetworkValues, changes: GroupChanges = {}) =>
    ofAzure({ assume: { network }, ...changes });
  const routed = { azureKmsRouteTableId: table("tunnel") };

  it("need routes to it when the default route leads elsewhere", () => {
    for (const defaultRoute of ["VirtualNetworkGateway", "None"] as const) {
      const diagnostics = inNetwork({ defaultRoute, dnsServers: ["10.20.0.4"] });
      assert.deepEqual(brief(diagnostics), [
        "web warning KMS2232 assume.network.defaultRoute",
        "web info KMS2233 assume.network.defaultRoute",
      ]);
      const message = messageOf(diagnostics, "KMS2232");
      assert.match(message, /20\.118\.99\.224\/32, 40\.83\.235\.53\/32 and 23\.102\.135\.246\/32, all three/);
      assert.match(message, /let 10\.20\.0\.4 resolve azkms\.core\.windows\.net and kms\.core\.windows\.net/);
    }
    assert.deepEqual(inNetwork({ defaultRoute: "Internet" }), []);
  });

  it("need those of their own cloud", () => {
    const changes = { azureCloud: "usgovernment" as const };
    const message = messageOf(inNetwork({ defaultRoute: "None" }, changes), "KMS2232");
    assert.match(message, /Name the route table in azureKmsRouteTableId, or add routes/);
    assert.match(message, /for 52\.126\.105\.2\/32 and 23\.97\.0\.13\/32, both, and let the machines' DNS/);
    assert.match(message, /azkms\.core\.usgovcloudapi\.net and kms\.core\.usgovcloudapi\.net\./);
  });

  it("have them by azureKmsRouteTableId, past a firewall as well", () => {
    for (const defaultRoute of ["VirtualNetworkGateway", "VirtualAppliance", "None"] as const) {
      assert.deepEqual(inNetwork({ defaultRoute }, routed), []);
    }
  });

  it("need a network rule in a firewall on the way", () => {
    const diagnostics = inNetwork({ defaultRoute: "VirtualAppliance" });
    assert.match(
      messageOf(diagnostics, "KMS2234"),
      /network rule for TCP 1688; an application rule does not work/,
    );
  });

  it("need an outbound method in a private subnet", () => {
    assert.deepEqual(brief(inNetwork({ privateSubnet: true })), [
      "web warning KMS2235 assume.network.outbound",
    ]);
    assert.deepEqual(inNetwork({ privateSubnet: true, outbound: "natGateway" }), []);
  });

  it("get no way out of a private subnet by routes", () => {
    const diagnostics = inNetwork({ privateSubnet: true }, routed);
    assert.deepEqual(brief(diagnostics), ["web error KMS2235 azureKmsRouteTableId"]);
    assert.match(messageOf(diagnostics, "KMS2235"), /routes with next hop Internet do not work there/);
    assert.deepEqual(inNetwork({ privateSubnet: true, outbound: "natGateway" }, routed), []);
  });
});

describe("Azure's own KMS that a program declares as a KMSHost", () => {
  const said = (fqdn: string, changes: GroupChanges = {}) =>
    brief(
      diagnosticsOf(
        [
          host({
            readOnly: true,
            machine: { fqdn },
            key: undefined,
            os: undefined,
            edition: undefined,
            zones: undefined,
          }),
        ],
        [group({ machines: azureMembers(3), ...changes })],
      ),
    );

  it("is named, by each of its names and addresses, and answers nobody outside Azure", () => {
    for (const fqdn of [
      "azkms.core.windows.net",
      "KMS.core.windows.net",
      "23.102.135.246",
      "azkms.core.chinacloudapi.cn",
    ]) {
      assert.deepEqual(said(fqdn), ["kms warning KMS2024 machine.fqdn"], fqdn);
    }
    assert.deepEqual(said("azkms.core.windows.net", { machines: members(3) }), [
      "kms warning KMS2024 machine.fqdn",
      "web error KMS2251 machines.ssh",
    ]);
  });

  it("is not taken for another provider's", () => {
    assert.deepEqual(said("kms.windows.googlecloud.com", { machines: members(3) }), []);
  });
});

describe("other ways of activation", () => {
  it("R021: include AVMA for servers on Hyper-V, as a hint", () => {
    const diagnostics = ofGroup({ assume: { hypervisor: "Hyper-V on Windows Server Datacenter" } });
    assert.deepEqual(brief(diagnostics), ["web info KMS2228 assume.hypervisor"]);
    assert.match(messageOf(diagnostics, "KMS2228"), /\(AVMA\); AVMA keys are not client setup keys/);
    assert.deepEqual(ofGroup({ assume: { hypervisor: "VMware" } }), []);
    const none = ["Hyper-V on Windows Server 2022 Standard", "Hyper-V on Windows Server 2019 Datacenter"];
    for (const hypervisor of [...none, "Hyper-V Server 2019"]) {
      assert.deepEqual(ofGroup({ assume: { hypervisor } }), [], hypervisor);
    }
    const newer = { hypervisor: "Hyper-V on Windows Server 2025 Datacenter" };
    assert.deepEqual(brief(ofGroup({ assume: newer })), ["web info KMS2228 assume.hypervisor"]);
    assert.deepEqual(ofGroup({ os: "Windows Server 2012", edition: "Standard", assume: newer }), []);
    const clients = { os: "Windows 10", edition: "Enterprise", machines: members(30) };
    assert.deepEqual(ofGroup({ ...clients, assume: { hypervisor: "Hyper-V" } }), []);
  });

  it("include Azure's own KMS for servers on Azure", () => {
    assert.deepEqual(brief(ofGroup({ machines: azureMembers(10) })), ["web info KMS2226 os"]);
  });

  it("are Microsoft Entra ID for Windows clients on Azure", () => {
    const diagnostics = ofGroup({ os: "Windows 11", edition: "Enterprise", machines: azureMembers(30) });
    assert.deepEqual(brief(diagnostics), ["web info KMS2227 os"]);
    assert.match(
      messageOf(diagnostics, "KMS2227"),
      /Product Terms provide for KMS there in Azure Government only/,
    );
  });

  it("are Azure itself for Azure Edition", () => {
    assert.deepEqual(brief(ofGroup({ edition: "Datacenter: Azure Edition" })), ["web info KMS2225 edition"]);
  });
});
