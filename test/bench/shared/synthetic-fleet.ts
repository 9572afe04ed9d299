import type { DesiredClient } from "../../../provider/group/plan";
import type { Member } from "../../../provider/group/state";
import { KmsError } from "../../../provider/errors/kms-error";
import type { LicensingAnswer } from "../../../provider/machine/licensing-plan";
import type { Machine, MachineAddress } from "../../../provider/machine/machine";
import { setTimeout } from "node:timers/promises";
import { type Health, healthOf } from "./rollout-figures";

/** Size and pace of a fleet. */
export interface FleetShape {
  machines: number;
  /** Count from which the host activates. */
  threshold: number;
  answerSeconds: number;
  health: Health;
}

/** Machines that cost nothing but the time that they take to answer, so that only the rollout itself is measured. */
export interface SyntheticFleet {
  members: Member[];
  desired: DesiredClient;
  open(address: MachineAddress): Machine;
}

const host = "kms.corp.example";
const prefix = "/vm-";
const ending = "6VM33";

/** A fleet of one host that has heard of no machine yet. */
export function syntheticFleet({ machines, threshold, answerSeconds, health }: FleetShape): SyntheticFleet {
  const heardOf = new Set<string>();
  return {
    members: Array.from({ length: machines }, (_, index) => ({
      name: `vm-${index}`,
      azureVmId: `${prefix}${index}`,
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
        const state = healthOf(Number(azureVmId.slice(prefix.length)), health);
        if (state === "off") {
          throw new KmsError("KMS3002", { values: { machine: azureVmId, reason: "it is deallocated" } });
        }
        await setTimeout(answerSeconds * 1000);
        if (state === "failing") {
          return answerWith("0xC004F074", 0);
        }
        heardOf.add(azureVmId);
        return answerWith(heardOf.size >= threshold ? undefined : "0xC004F038", heardOf.size);
      },
    }),
  };
}

/** @param hresult why it was not activated */
function answerWith(hresult: string | undefined, count: number): LicensingAnswer {
  const activated = hresult === undefined;
  return {
    version: 1,
    operations: [
      activated ? { id: "activate", result: "done" } : { id: "activate", result: "failed", hresult },
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
      LicenseStatus: activated ? 1 : 5,
      GracePeriodRemaining: activated ? 259_200 : 0,
    },
    features: {},
    firewall: {},
    events: { response: `0x0,0x0,1,0,${Math.min(count, 50)},120,10080,2026/01/01 00:00` },
  };
}
