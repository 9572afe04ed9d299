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
  deadlineMinutes: 5,
};

/** How often Microsoft has counted the host, on this lab. */
export const activationsSpent = async (arm: Arm) =>
  (await arm.control.activations(hostKey.slice(-5))).map(({ activations }) => activations);
