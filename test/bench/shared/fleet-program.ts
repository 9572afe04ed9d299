import type { Lab } from "../../on-engine/lab";
import type { LabFleet } from "./lab-fleet";

/**
 * A program whose one group has so many machines of the fleet, which exist already, as those of a fleet do.
 * @param more further arguments of the group
 */
export const fleetProgram = (size: number, fleet: LabFleet, more = "") => `
import * as pulumi from "@pulumi/pulumi";
import { Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const os = OperatingSystem.WindowsServer2022;
const host = new KMSHost("kms", {
  key: { keyGroup: KeyGroup.WindowsServer2022, productKey: new pulumi.Config().requireSecret("kmsHostKey") },
  os,
  machine: { azureVmId: "${fleet.hostId}" },
  zones: [{ zoneName: "${fleet.zoneName}", azurePrivateZoneId: "${fleet.zoneId}" }],
});
const folder = "${fleet.memberIds[0].replace(/[^/]+$/, "")}";
const web = new KMSClientGroup("web", {
  hosts: [host],
  os,
  edition: Edition.Datacenter,
  machines: { azureVmIds: Array.from({ length: ${size} }, (_, index) => folder + "vm-" + index) },
  ${more}
});
`;

/** Starts machines of a fleet, or deallocates them. */
export async function setPower(
  lab: Lab,
  azureVmIds: readonly string[],
  action: "deallocate" | "start",
): Promise<void> {
  for (const id of azureVmIds) {
    const url = `${lab.address.arm}${id}/${action}?api-version=2024-11-01`;
    const { ok, status } = await fetch(url, { method: "POST" });
    if (!ok) {
      throw new Error(`POST ${url}: ${status}`);
    }
  }
}

/** Requests to the lab since they were counted anew, and the run commands among them. */
export async function requestCounts({ control }: Lab): Promise<{ calls: number; runCommands: number }> {
  const requests = await control.requests();
  const total = (some: typeof requests) => some.reduce((sum, { count }) => sum + count, 0);
  return {
    calls: total(requests),
    runCommands: total(requests.filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))),
  };
}
