import { azureKmsOf, azureKmsPrefixes } from "../catalog/azure-kms";
import { findEdition, findOperatingSystem } from "../catalog/operating-systems";
import { effectiveDiscovery } from "./discovery";
import type { GroupFacts } from "./facts";
import type { ProgramIndex } from "./program-index";
import { verdict, type Verdict } from "./verdict";

/** What a group that Azure's own KMS activates can be, and which arguments belong to such a group alone. */
export function azureKmsVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  return group.azureKms === true
    ? [
        ...elsewhereVerdicts(group),
        ...meaninglessVerdicts(group, ["discovery", "lookupDomain"], "Azure's own KMS activates"),
        ...servedByAzureVerdicts(group),
        ...sameRouteTableVerdicts(group, index),
      ]
    : meaninglessVerdicts(group, ["azureKmsRoutes"], "a KMSHost activates");
}

/** Azure's KMS answers only what comes from an Azure public address. Source: custom-routes-enable-kms-activation. */
function elsewhereVerdicts({ azure, sshServers }: GroupFacts): Verdict[] {
  return azure === false ? [verdict("KMS2251", "error", sshServers ? "ssh" : "azureKms", {})] : [];
}

const meaninglessVerdicts = (group: GroupFacts, names: (keyof GroupFacts)[], activator: string) =>
  names.flatMap((name) => {
    const value = group[name];
    const given = typeof value === "string" ? `"${value}"` : "it";
    return value === undefined ? [] : [verdict("KMS2252", "error", name, { given, activator })];
  });

/**
 * Office has host keys of its own, which Azure's KMS has not; of Windows clients the Product Terms speak for Azure
 * Government. Source: learn.microsoft.com activation-error-0xc004c008; windows-itpro-docs #11262, #8823.
 */
function servedByAzureVerdicts({ office, os, azureCloud = "public" }: GroupFacts): Verdict[] {
  if (office !== undefined) {
    const reason = "each version of Office needs a host key of its own";
    const instead = "Give a KMSHost with a host key of this version in hosts.";
    return [verdict("KMS2253", "error", "office", { given: `Office ${office}`, reason, instead })];
  }
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system?.family !== "client" || azureCloud === "usgovernment") {
    return [];
  }
  const reason =
    "Windows clients on Azure are licensed per user and activated through Microsoft Entra ID, and Microsoft's Product Terms foresee KMS there for Azure Government";
  const instead =
    "Check your agreement, and acknowledge this where it is met, as for session hosts of Azure Virtual Desktop.";
  return [verdict("KMS2253", "warning", "os", { given: system.name, reason, instead })];
}

/** Azure refuses a second route for the same address in a table, so one group brings them for all. */
function sameRouteTableVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const table = group.azureKmsRoutes;
  const [first] = table === undefined ? [] : index.groupsWithRouteTable(table);
  return first === undefined || first === group
    ? []
    : [
        verdict("KMS2254", "error", "azureKmsRoutes.routeTableName", {
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
export function azureKmsRouteVerdicts(group: GroupFacts): Verdict[] {
  const { azureKms = false, azureKmsRoutes, network } = group;
  if (network === undefined) {
    return [];
  }
  const given = network.defaultRoute ?? "";
  const hop = given.toLowerCase();
  const routed = azureKms && azureKmsRoutes !== undefined;
  const verdicts = azureKms && !routed && elsewhere.has(hop) ? routeVerdicts(group) : [];
  if (hop === "virtualappliance" && !routed) {
    verdicts.push(verdict("KMS2234", "warning", "network.defaultRoute", { given }));
  }
  if (azureKms && network.privateSubnet === true && (network.outbound ?? "none") === "none") {
    verdicts.push(
      routed
        ? verdict("KMS2235", "error", "azureKmsRoutes", {})
        : verdict("KMS2235", "warning", "network.outbound", {}),
    );
  }
  return verdicts;
}

function routeVerdicts({ network, azureCloud = "public" }: GroupFacts): Verdict[] {
  const kms = azureKmsOf(azureCloud);
  const values = {
    given: network?.defaultRoute ?? "",
    prefixes: allInWords(azureKmsPrefixes(kms)),
    names: kms.servers.map(({ name }) => name).join(" and "),
    servers: (network?.dnsServers ?? []).join(", ") || "the machines' DNS servers",
  };
  return [
    verdict("KMS2232", "warning", "network.defaultRoute", values),
    verdict("KMS2233", "info", "network.defaultRoute", {}),
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
export function kmsSourceVerdicts({ hosts, azureKms }: GroupFacts): Verdict[] {
  if (azureKms !== true) {
    return hosts.length === 0 ? [verdict("KMS2241", "error", "hosts", {})] : [];
  }
  return hosts.length > 0 ? [verdict("KMS2250", "error", "azureKms", { given: hosts.join(", ") })] : [];
}

/** Other ways of activation that Microsoft has for such machines; said once for a group, as information. */
export function alternativesVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  return [...azureVerdicts(group), ...avmaVerdicts(group), ...windows2008Verdicts(group, index)];
}

/** Source: learn.microsoft.com activation-error-0xc004c008; Azure Edition: kms-activation-planning. */
function azureVerdicts({ azure, os, edition, office, azureKms }: GroupFacts): Verdict[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system === undefined || azureKms === true || office !== undefined) {
    return [];
  }
  const known = edition === undefined ? undefined : findEdition(system.name, edition)?.edition;
  if (known?.azureOnly === true) {
    return [verdict("KMS2225", "info", "edition", { given: `${system.name} ${known.name}` })];
  }
  if (azure !== true) {
    return [];
  }
  return system.family === "server"
    ? [verdict("KMS2226", "info", "os", { given: system.name })]
    : [verdict("KMS2227", "info", "os", { given: system.name })];
}

function avmaVerdicts({ hypervisor, os, office }: GroupFacts): Verdict[] {
  const server = office === undefined && os !== undefined && findOperatingSystem(os)?.family === "server";
  return server && hypervisor !== undefined && /hyper-v/i.test(hypervisor)
    ? [verdict("KMS2228", "info", "hypervisor", { given: hypervisor })]
    : [];
}

/** Source: learn.microsoft.com activate-using-key-management-service: used by Windows 7 and Windows Server 2008 R2 on. */
function windows2008Verdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const system = group.os === undefined ? undefined : findOperatingSystem(group.os);
  return system?.name === "Windows Server 2008" && effectiveDiscovery(group, index).discovery === "dns"
    ? [verdict("KMS2229", "info", "os", { given: system.name })]
    : [];
}
