import { findHresult } from "../catalog/hresults";
import { requiredUpdates } from "../catalog/updates";
import type { ClientWish } from "./client-wish";

/** What the installation of a key gives where its product is not installed. Source: SLInstallProofOfPurchaseEx reference. */
const officeNotInstalled = new Set(["0xC004F014", "0xC004F015", "0xC004F050", "0xC004F069"]);

/** What a remedy can name of the member's own program. */
export interface MemberSurroundings {
  wish: ClientWish;
  /** Operating system of the member. */
  os: string;
  /** Office version of a group of Office clients. @default "" */
  office?: string;
  /** KMS hosts that may serve it. */
  hosts: { name: string; os: string }[];
}

/**
 * What an error means for this member, in the program's own names: where it looked, whom it asked, which update the
 * hosts need for it (R020). "" where there is nothing to add.
 */
export function memberRemedy(hresult: string, { wish, os, office = "", hosts }: MemberSurroundings): string {
  if (office !== "" && officeNotInstalled.has(hresult)) {
    return (
      ` For this key the machine needs a volume edition of ${office}: retail editions and Microsoft 365 Apps do not` +
      " take it. Install that edition with the Office Deployment Tool (PIDKEY or a Volume product ID), or put the machine into another group."
    );
  }
  const names = wish.hostNames.join(", ") || "none";
  switch (findHresult(hresult, "client")?.about) {
    case "discovery": {
      const zone = wish.lookupDomain ?? "its own domain or DNS suffix";
      return ` It looked for _vlmcs._tcp in ${zone}; the names of the group's hosts: ${names}.`;
    }
    case "reach": {
      const asked = wish.host === undefined ? names : `${wish.host.name}:${wish.host.port}`;
      return ` It asked ${asked}.${office === "" ? updatesOf(hosts, os) : ""}`;
    }
    case "product":
      return office === ""
        ? updatesOf(hosts, os)
        : ` The KMS host needs an activated host key of ${office}; that of Windows does not do.`;
    default:
      return "";
  }
}

function updatesOf(hosts: MemberSurroundings["hosts"], os: string): string {
  return hosts
    .flatMap((host) =>
      requiredUpdates(host.os, os).map(
        ({ kb }) => ` The KMSHost ${host.name} on ${host.os} needs ${kb} or a later update for ${os}.`,
      ),
    )
    .join("");
}
