import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { defaultSettings, type HostSettings } from "../../provider/host/settings";
import type { ManagedHostInputs } from "../../provider/host/state";
import { openLedger } from "../../provider/ledger/open-ledger";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { azureEndpoint } from "../environment";
import { createMachine, createNetwork, startArm, type Arm } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";

const keyGroup = "Volume License for Windows Server 2022";

/** Invented host key of the lab. */
export const hostKey = labKeys.hostKeys.find((row) => row.keyGroup === keyGroup)!.productKey;

/** A lab with one machine, which a test makes a KMS host. */
export async function startHostLab(options?: Parameters<typeof startArm>[0]): Promise<Arm> {
  const arm = await startArm(options);
  await createMachine(arm, "kms", await createNetwork(arm));
  return arm;
}

const settings: HostSettings = { ...defaultSettings, dnsPublishing: false };

/** What the engine passes to the handler of that host. */
export const hostInputs: ManagedHostInputs = {
  kind: "HostActivation",
  name: "kms",
  stack: "organization/lab/test",
  azureVmId: idOf("Microsoft.Compute/virtualMachines/kms"),
  os: "Windows Server 2022",
  readOnly: false,
  keyGroup,
  productKey: hostKey,
  activation: "online",
  settings,
  ledger: "",
  adopt: false,
  keepMachine: true,
  acknowledge: [],
  timeoutMinutes: 5,
};

/** A change of that host's inputs. */
export const anotherPort = { settings: { ...settings, port: 1700 } };

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
    /** Whether the host's entries are retired. */
    retired: async () => {
      const stored = await openLedger(url).read(keyFingerprint(hostKey));
      return (stored?.document.hosts ?? []).map(({ retiredAt }) => retiredAt !== undefined);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The activations of the host that the lab's activation service has counted. */
export const activationsSpent = async (arm: Arm) =>
  (await arm.control.activations(hostKey.slice(-5))).map(({ activations }) => activations);

/** The lab and the ledger of one test. */
export interface HostLab {
  arm: Arm;
  ledger: Awaited<ReturnType<typeof temporaryLedger>>;
}

/** Gives each test of a suite a lab with that host's machine, where Azure is found, and an empty ledger. */
export function withHostLab(use: (lab: HostLab) => unknown): void {
  const findAzureAt = azureEndpoint();
  let lab: HostLab;
  beforeEach(async () => {
    lab = { arm: await startHostLab(), ledger: await temporaryLedger() };
    findAzureAt(lab.arm.endpoint);
    await use(lab);
  });
  afterEach(async () => {
    await lab.arm.close();
    await lab.ledger.remove();
  });
}
