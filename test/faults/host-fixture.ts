import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { openLedger } from "../../provider/ledger/open-ledger";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { createMachine, createNetwork, startArm, type Arm } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";

const keyGroup = "Volume License for Windows Server 2022";

/** Invented host key of the lab. */
export const hostKey = labKeys.hostKeys.find((row) => row.keyGroup === keyGroup)!.productKey;

/** A lab with one machine that is to become a KMS host. */
export async function startHostLab(): Promise<Arm> {
  const arm = await startArm();
  await createMachine(arm, "kms", await createNetwork(arm));
  return arm;
}

/** What the engine hands to the handler of that host. */
export const hostInputs = {
  kind: "HostActivation",
  name: "kms",
  azureVmId: idOf("Microsoft.Compute/virtualMachines/kms"),
  os: "Windows Server 2022",
  keyGroup,
  productKey: hostKey,
  activation: "online",
  confirmationId: "",
  port: 1688,
  activationIntervalMinutes: 120,
  renewalIntervalMinutes: 10_080,
  lowPriority: false,
  dnsPublishing: false,
  installRole: true,
  firewallProfiles: ["Domain", "Private", "Public"],
  keepMachine: true,
  ledger: "",
  stack: "organization/lab/test",
  activationsSpent: null,
  hostLimitException: null,
  adopt: false,
  deadlineMinutes: 5,
};

/** An empty ledger of a test's own. */
export async function temporaryLedger() {
  const folder = await mkdtemp(path.join(tmpdir(), "kms-ledger-"));
  const url = pathToFileURL(folder).href;
  return {
    url,
    /** Outcomes of the host's activations, oldest first. */
    outcomes: async () => {
      const stored = await openLedger(url).read(keyFingerprint(hostKey));
      return (stored?.document.hosts ?? []).flatMap(({ activations }) =>
        activations.map(({ outcome }) => outcome),
      );
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** How often Microsoft has counted the host, on this lab. */
export const activationsSpent = async (arm: Arm) =>
  (await arm.control.activations(hostKey.slice(-5))).map(({ activations }) => activations);
