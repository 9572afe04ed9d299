import { azureKmsOf, azureKmsPrefixes } from "../catalog/azure-kms";
import { findEdition, findOperatingSystem } from "../catalog/operating-systems";
import { effectiveDiscovery } from "./discovery";
import type { GroupFacts } from "./facts";
import type { ProgramIndex } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

/** What a group that Azure's own KMS activates can be, and which arguments belong to such a group alone. */
export function azureKmsDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  return group.azureKms === true
    ? [
        ...elsewhereDiagnostics(group),
        ...meaninglessDiagnostics(group, ["discovery", "lookupDomain"], "Azure's own KMS activates"),
        ...servedByAzureDiagnostics(group),
        ...sameRouteTableDiagnostics(group, index),
      ]
    : meaninglessDiagnostics(group, ["azureKmsRoutes"], "a KMSHost activates");
}

/** Azure's KMS answers only what comes from an Azure public address. Source: custom-routes-enable-kms-activation. */
function elsewhereDiagnostics({ azure, sshServers }: GroupFacts): Diagnostic[] {
  return azure === false ? [diagnostic("KMS2251", "error", sshServers ? "ssh" : "azureKms", {})] : [];
}

const meaninglessDiagnostics = (group: GroupFacts, names: (keyof GroupFacts)[], activator: string) =>
  names.flatMap((name) => {
    const value = group[name];
    const given = typeof value === "string" ? `"${value}"` : "it";
    return value === undefined ? [] : [diagnostic("KMS2252", "error", name, { given, activator })];
  });

/**
 * Office has host keys of its own, which Azure's KMS has not; of Windows clients the Product Terms speak for Azure
 * Government. Source: learn.microsoft.com activation-error-0xc004c008; windows-itpro-docs #11262, #8823.
 */
function servedByAzureDiagnostics({ office, os, azureCloud = "public" }: GroupFacts): Diagnostic[] {
  if (office !== undefined) {
    const reason = "each version of Office needs a host key of its own";
    const instead = "Give a KMSHost with a host key of this version in hosts.";
    return [diagnostic("KMS2253", "error", "office", { given: `Office ${office}`, reason, instead })];
  }
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system?.family !== "client" || azureCloud === "usgovernment") {
    return [];
  }
  const reason =
    "Windows clients on Azure are licensed per user and activated through Microsoft Entra ID, and Microsoft's Product Terms foresee KMS there for Azure Government";
  const instead =
    "Check your agreement, and acknowledge this where it is met, as for session hosts of Azure Virtual Desktop.";
  return [diagnostic("KMS2253", "warning", "os", { given: system.name, reason, instead })];
}

/** Azure refuses a second route for the same address in a table, so one group brings them for all. */
function sameRouteTableDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const table = group.azureKmsRoutes;
  const [first] = table === undefined ? [] : index.groupsWithRouteTable(table);
  return first === undefined || first === group
    ? []
    : [
        diagnostic("KMS2254", "error", "azureKmsRoutes.routeTableName", {
          given: table?.routeTableName ?? "",
          group: first.name,
        }),
      ];
}

/** Next hops of Azure that take traffic away from Azure's own way to the Internet. */
const elsewhere = new Set(["virtualnetworkgateway", "virtualappliance", "none"]);

/**
 * Azure's own KMS answers only what comes from an Azure public address.
 * Source: learn.microsoft.com custom-routes-enable-kms-activation, default-outbound-access.
 */
export function azureKmsRouteDiagnostics(group: GroupFacts): Diagnostic[] {
  const { azureKms = false, azureKmsRoutes, network } = group;
  if (network === undefined) {
    return [];
  }
  const given = network.defaultRoute ?? "";
  const hop = given.toLowerCase();
  const routed = azureKms && azureKmsRoutes !== undefined;
  const diagnostics = azureKms && !routed && elsewhere.has(hop) ? routeDiagnostics(group) : [];
  if (hop === "virtualappliance" && !routed) {
    diagnostics.push(diagnostic("KMS2234", "warning", "network.defaultRoute", { given }));
  }
  if (azureKms && network.privateSubnet === true && (network.outbound ?? "none") === "none") {
    diagnostics.push(
      routed
        ? diagnostic("KMS2235", "error", "azureKmsRoutes", {})
        : diagnostic("KMS2235", "warning", "network.outbound", {}),
    );
  }
  return diagnostics;
}

function routeDiagnostics({ network, azureCloud = "public" }: GroupFacts): Diagnostic[] {
  const kms = azureKmsOf(azureCloud);
  const values = {
    given: network?.defaultRoute ?? "",
    prefixes: allInWords(azureKmsPrefixes(kms)),
    names: kms.servers.map(({ name }) => name).join(" and "),
    servers: (network?.dnsServers ?? []).join(", ") || "the machines' DNS servers",
  };
  return [
    diagnostic("KMS2232", "warning", "network.defaultRoute", values),
    diagnostic("KMS2233", "info", "network.defaultRoute", {}),
  ];
}

const allOf = ["", "", ", both", ", all three"];

/** `a, b and c, all three`: whoever leaves one out loses activation now and then. */
function allInWords(items: string[]): string {
  const last = items.slice(-1);
  const list = [...(items.length > 1 ? [items.slice(0, -1).join(", ")] : []), ...last].join(" and ");
  return `${list}${allOf[items.length] ?? ", all of them"}`;
}

/** Clients are activated by KMS hosts of the program (R005) or by Azure's own KMS: by one of the two. */
export function kmsSourceDiagnostics({ hosts, azureKms }: GroupFacts): Diagnostic[] {
  if (azureKms !== true) {
    return hosts.length === 0 ? [diagnostic("KMS2241", "error", "hosts", {})] : [];
  }
  return hosts.length > 0 ? [diagnostic("KMS2250", "error", "azureKms", { given: hosts.join(", ") })] : [];
}

/** Other ways of activation that Microsoft has for such machines; said once for a group, as information. */
export function alternativesDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  return [...azureDiagnostics(group), ...avmaDiagnostics(group), ...windows2008Diagnostics(group, index)];
}

/** Source: learn.microsoft.com activation-error-0xc004c008; Azure Edition: kms-activation-planning. */
function azureDiagnostics({ azure, os, edition, office, azureKms }: GroupFacts): Diagnostic[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system === undefined || azureKms === true || office !== undefined) {
    return [];
  }
  const known = edition === undefined ? undefined : findEdition(system.name, edition)?.edition;
  if (known?.azureOnly === true) {
    return [diagnostic("KMS2225", "info", "edition", { given: `${system.name} ${known.name}` })];
  }
  if (azure !== true) {
    return [];
  }
  return system.family === "server"
    ? [diagnostic("KMS2226", "info", "os", { given: system.name })]
    : [diagnostic("KMS2227", "info", "os", { given: system.name })];
}

function avmaDiagnostics({ hypervisor, os, office }: GroupFacts): Diagnostic[] {
  const server = office === undefined && os !== undefined && findOperatingSystem(os)?.family === "server";
  return server && hypervisor !== undefined && /hyper-v/i.test(hypervisor)
    ? [diagnostic("KMS2228", "info", "hypervisor", { given: hypervisor })]
    : [];
}

/** Source: learn.microsoft.com activate-using-key-management-service: used by Windows 7 and Windows Server 2008 R2 on. */
function windows2008Diagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const system = group.os === undefined ? undefined : findOperatingSystem(group.os);
  return system?.name === "Windows Server 2008" && effectiveDiscovery(group, index).discovery === "dns"
    ? [diagnostic("KMS2229", "info", "os", { given: system.name })]
    : [];
}
