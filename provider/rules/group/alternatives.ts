import { findEdition } from "../../catalog/editions";
import { findOperatingSystem } from "../../catalog/operating-systems";
import { effectiveDiscovery } from "../effective-discovery";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

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
