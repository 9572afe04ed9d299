import assert from "node:assert/strict";
import type { GroupFacts } from "../../provider/rules/facts";
import { brief, group, messageOf, ofGroup, diagnosticsOf } from "./program";

const onAzure = (changes: Partial<GroupFacts> = {}) =>
  group({ hosts: [], azure: true, azureKms: true, ...changes });
const ofAzure = (changes: Partial<GroupFacts>) => diagnosticsOf([], [onAzure(changes)]);

describe("a group of Azure's own KMS", () => {
  it("has no fault as it is, with routes as well, and no threshold", () => {
    assert.deepEqual(ofAzure({ count: 1 }), []);
    assert.deepEqual(ofAzure({ azureKmsRoutes: { resourceGroupName: "rg", routeTableName: "rt" } }), []);
  });

  it("cannot have machines outside Azure", () => {
    const diagnostics = ofAzure({ azure: false, sshServers: ["web1:22"] });
    assert.deepEqual(brief(diagnostics), ["web error KMS2251 ssh"]);
    assert.match(messageOf(diagnostics, "KMS2251"), /only requests from an Azure public address/);
    assert.deepEqual(brief(ofAzure({ azure: false })), ["web error KMS2251 azureKms"]);
  });

  it("cannot choose how members find a KMS host", () => {
    const diagnostics = ofAzure({ discovery: "dns", lookupDomain: "corp.example" });
    assert.deepEqual(brief(diagnostics), ["web error KMS2252 discovery", "web error KMS2252 lookupDomain"]);
    assert.match(diagnostics[1].message, /"corp\.example" has no meaning for a group that Azure's own KMS/);
  });

  it("alone has routes to it", () => {
    const diagnostics = ofGroup({ azureKmsRoutes: { resourceGroupName: "rg", routeTableName: "rt" } });
    assert.deepEqual(brief(diagnostics), ["web error KMS2252 azureKmsRoutes"]);
    assert.match(diagnostics[0].message, /it has no meaning for a group that a KMSHost activates/);
  });

  it("is not one of Office", () => {
    const diagnostics = ofAzure({ office: "LTSC 2024", edition: "Office LTSC Professional Plus" });
    assert.deepEqual(brief(diagnostics), ["web error KMS2253 office"]);
    assert.match(messageOf(diagnostics, "KMS2253"), /activate Office LTSC 2024: each version of Office/);
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
    assert.deepEqual(ofAzure({ offlineDays: 31 }), []);
    assert.deepEqual(ofAzure({ image: { skipRearm: true } }), []);
    assert.deepEqual(brief(ofAzure({ offlineDays: 180 })), ["web warning KMS2230 offlineDays"]);
  });
});

describe("the routes of several groups to Azure's own KMS", () => {
  const named = (name: string, resourceGroupName?: string, routeTableName?: string) =>
    onAzure({ name, azureKmsRoutes: { resourceGroupName, routeTableName } });

  it("stand in a table once", () => {
    const diagnostics = diagnosticsOf([], [named("web", "rg", "tunnel"), named("app", "RG", "Tunnel")]);
    assert.deepEqual(brief(diagnostics), ["app error KMS2254 azureKmsRoutes.routeTableName"]);
    assert.match(
      messageOf(diagnostics, "KMS2254"),
      /the group web of this program has its routes .* in Tunnel as well.*dependsOn: \[web\]/,
    );
  });

  it("may stand in tables of several resource groups, and in those that are not known yet", () => {
    assert.deepEqual(diagnosticsOf([], [named("web", "rg", "tunnel"), named("app", "other", "tunnel")]), []);
    assert.deepEqual(diagnosticsOf([], [named("web", "rg"), named("app", "rg")]), []);
  });
});
