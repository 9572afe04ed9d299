import { azureKmsNamed } from "../catalog/azure-kms";
import { Discovery } from "../catalog/constants";
import { officeNameOf } from "../catalog/key-groups";
import {
  findEdition,
  findOperatingSystem,
  isMultiSession,
  type OperatingSystemEntry,
} from "../catalog/operating-systems";
import { hasAvmaKey } from "../catalog/setup-keys";
import { type Diagnostic, diagnostic } from "./diagnostic";
import { type GroupFacts, hasAzureMembers, type HostFacts, isGiven, systemsOf } from "./facts";
import { hostsOf, type ProgramIndex } from "./program-index";

/** What a group that Azure's own KMS activates can be, and which arguments belong to such a group alone. */
export const azureKmsDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] =>
  group.args.azureKms === true
    ? [
        ...outsideAzureDiagnostics(group),
        ...meaninglessDiagnostics(group, ["discovery", "lookupDomain"], "Azure's own KMS activates"),
        ...servedByAzureDiagnostics(group),
      ]
    : [
        ...outsideOfHostDiagnostics(group, index),
        ...meaninglessDiagnostics(group, ["azureKmsRouteTableId"], "a KMSHost activates"),
        // slmgr's /skms-domain has no effect beside /skms. Source: learn.microsoft.com activation-slmgr-vbs-options.
        ...(group.args.discovery === Discovery.FixedHost
          ? meaninglessDiagnostics(
              group,
              ["lookupDomain"],
              'finds its KMS host by name (discovery "fixedHost")',
            )
          : []),
      ];

/**
 * Azure's own KMS is no host that a program declares: groups choose it by `azureKms`, and what is said of thresholds and records
 * of a KMSHost is not true of it. Source: troubleshoot-activation-problems.
 */
export const azureKmsAsHostDiagnostics = (host: HostFacts): Diagnostic[] =>
  isAzureKms(host)
    ? [diagnostic("KMS2024", "warning", "machine.fqdn", { given: host.args.machine?.fqdn ?? "" })]
    : [];

const isAzureKms = ({ args }: HostFacts) => azureKmsNamed(args.machine?.fqdn ?? "") !== undefined;

/** Machines outside Azure are not answered, whichever way a group names Azure's own KMS. */
const outsideOfHostDiagnostics = (group: GroupFacts, index: ProgramIndex): Diagnostic[] => {
  const hosts = hostsOf(group, index);
  return hosts.length > 0 && hosts.every(({ host }) => isAzureKms(host))
    ? outsideAzureDiagnostics(group)
    : [];
};

/** Azure's KMS answers only what comes from an Azure public address. Source: custom-routes-enable-kms-activation. */
const outsideAzureDiagnostics = (group: GroupFacts): Diagnostic[] =>
  isGiven(group, "machines.ssh") ? [diagnostic("KMS2251", "error", "machines.ssh")] : [];

const meaninglessDiagnostics = (
  group: GroupFacts,
  names: ("discovery" | "lookupDomain" | "azureKmsRouteTableId")[],
  activator: string,
) =>
  names.flatMap((name) =>
    isGiven(group, name) ? [diagnostic("KMS2252", "error", name, { activator })] : [],
  );

/**
 * Each Office version needs a host key of its own, which Azure's KMS does not have; for Windows clients Microsoft's
 * Product Terms foresee it in Azure Government. Source: learn.microsoft.com activation-error-0xc004c008;
 * windows-itpro-docs #11262, #8823.
 */
function servedByAzureDiagnostics(group: GroupFacts): Diagnostic[] {
  const { office } = group.args;
  if (office !== undefined) {
    const given = office.version === undefined ? "Office" : officeNameOf(office.version);
    return [diagnostic("KMS2258", "error", "office", { given })];
  }
  const client = systemsOf(group).find(
    ({ os, edition }) => os.family === "client" && !isMultiSession(os.name, edition),
  );
  return client === undefined || group.azureCloud === "usgovernment"
    ? []
    : [diagnostic("KMS2253", "warning", "os", { given: client.os.name })];
}

/** Azure refuses a second route for the same address in a table, so that one group brings them for all. */
export function sameRouteTableDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { azureKms, azureKmsRouteTableId: table } = group.args;
  const [first] = table === undefined || azureKms !== true ? [] : index.groupsWithRouteTable(table);
  return table === undefined || first === undefined || first === group
    ? []
    : [
        diagnostic("KMS2254", "error", "azureKmsRouteTableId", {
          given: table.split("/").at(-1) ?? table,
          group: first.name,
        }),
      ];
}

const isServedByAzure = (group: GroupFacts, index: ProgramIndex) =>
  group.args.azureKms === true || hostsOf(group, index).some(({ host }) => isAzureKms(host));

/** Other ways of activation that Microsoft has for such machines; said once for a group, as information. */
export function alternativesDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  if (isGiven(group, "office")) {
    return [];
  }
  const { hypervisor } = group.args.assume ?? {};
  return systemsOf(group).flatMap(({ os, edition }) => {
    const known = edition === undefined ? undefined : findEdition(os.name, edition)?.edition;
    const onHyperV = hypervisor !== undefined && mayUseAvma(os, edition, hypervisor);
    return [
      ...(isServedByAzure(group, index) ? [] : onAzure(group, os.family, os.name, known)),
      ...(onHyperV ? [diagnostic("KMS2228", "info", "assume.hypervisor", { given: hypervisor })] : []),
    ];
  });
}

/**
 * Whether a Hyper-V host can activate a virtual machine: its own edition is Datacenter, and its system is no older than that
 * of the virtual machine. What the program does not say of the host is taken to fit.
 * Source: learn.microsoft.com automatic-vm-activation.
 */
function mayUseAvma(guest: OperatingSystemEntry, edition: string | undefined, hypervisor: string): boolean {
  if (!/hyper-?v/i.test(hypervisor) || /\bstandard\b|hyper-?v server/i.test(hypervisor)) {
    return false;
  }
  const year = /\b20(12 ?R2|16|19|22|25)\b/i.exec(hypervisor)?.[0];
  const host = year === undefined ? undefined : findOperatingSystem(`Windows Server ${year}`);
  return hasAvmaKey(guest.name, edition) && (host === undefined || host.builds[0] >= guest.builds[0]);
}

/** Source: learn.microsoft.com activation-error-0xc004c008; Azure Edition: kms-activation-planning. */
function onAzure(
  group: GroupFacts,
  family: "server" | "client",
  os: string,
  edition: { name: string; azureOnly?: boolean } | undefined,
): Diagnostic[] {
  if (edition?.azureOnly === true) {
    return [diagnostic("KMS2225", "info", "edition", { given: `${os} ${edition.name}` })];
  }
  if (!hasAzureMembers(group)) {
    return [];
  }
  return [diagnostic(family === "server" ? "KMS2226" : "KMS2227", "info", "os", { given: os })];
}
