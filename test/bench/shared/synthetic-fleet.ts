import type { DesiredClient } from "../../../provider/group/plan";
import type { Member } from "../../../provider/group/state";
import type { LicensingAnswer } from "../../../provider/machine/licensing-plan";
import type { Machine, MachineAddress } from "../../../provider/machine/machine";
import { setTimeout } from "node:timers/promises";

/** Size and pace of a fleet. */
export interface FleetShape {
  machines: number;
  /** Count from which the host activates. */
  threshold: number;
  answerSeconds: number;
}

/** Machines that cost nothing but the time that they take to answer, so that only the rollout itself is measured. */
export interface SyntheticFleet {
  members: Member[];
  desired: DesiredClient;
  open(address: MachineAddress): Machine;
}

const host = "kms.corp.example";
const ending = "6VM33";

/** A fleet of one host that has heard of no machine yet. */
export function syntheticFleet({ machines, threshold, answerSeconds }: FleetShape): SyntheticFleet {
  const heardOf = new Set<string>();
  return {
    members: Array.from({ length: machines }, (_, index) => ({
      name: `vm-${index}`,
      azureVmId: `/vm-${index}`,
    })),
    desired: {
      setupKey: `WX4NM-KYWYW-QJJR4-XV3QB-${ending}`,
      discovery: "fixedHost",
      hostNames: [host],
      host: { name: host, port: 1688 },
    },
    open: ({ azureVmId = "" }) => ({
      name: azureVmId,
      async run() {
        await setTimeout(answerSeconds * 1000);
        heardOf.add(azureVmId);
        return answerAt(heardOf.size, threshold);
      },
    }),
  };
}

function answerAt(count: number, threshold: number): LicensingAnswer {
  const enough = count >= threshold;
  return {
    version: 1,
    operations: [
      enough
        ? { id: "activate", result: "done" }
        : { id: "activate", result: "failed", hresult: "0xC004F038" },
    ],
    machine: {
      name: "vm",
      domain: "",
      uuid: "",
      osBuild: "20348.1",
      editionId: "ServerDatacenter",
      productType: 3,
      utc: "2026-01-01T00:00:00Z",
    },
    service: { KeyManagementServiceMachine: host },
    product: {
      PartialProductKey: ending,
      LicenseStatus: enough ? 1 : 5,
      GracePeriodRemaining: enough ? 259_200 : 0,
    },
    features: {},
    firewall: {},
    events: { response: `0x0,0x0,1,0,${Math.min(count, 50)},120,10080,2026/01/01 00:00` },
  };
}
