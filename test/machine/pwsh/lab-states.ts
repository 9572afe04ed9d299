import fc from "fast-check";
import { activationService } from "../../../provider/lab/windows/activation-service";
import type { MachineConditions } from "../../../provider/lab/windows/conditions";
import { bootMachine } from "../../../provider/lab/windows/installation";
import { officeHostKeys, hostKeys } from "../../../provider/lab/windows/lab-keys.json";
import { installLicensePack, installOffice } from "../../../provider/lab/windows/office";
import { runLicensingPlan } from "../../../provider/lab/windows/run-licensing-plan";
import type { MachineSpec, WindowsMachine } from "../../../provider/lab/windows/windows-machine";
import type { World } from "../../../provider/lab/windows/world";
import {
  type LicensingPlan,
  type LicensingSecrets,
  windowsApplicationId,
} from "../../../provider/machine/licensing-plan";
import {
  pseudoRandom,
  server2019,
  server2022,
  server2025,
  setupKeys,
  startOfTest,
  windows10,
} from "../../lab/windows/test-lab";

/** One run of a plan. */
export interface PlanRun {
  plan: LicensingPlan;
  secrets: LicensingSecrets;
}

/** What makes a simulated machine and its surroundings what they are. */
export interface MachineState {
  system: Omit<MachineSpec, "id" | "computerName">;
  domain: string;
  /** Machines that the KMS host of the network has counted; undefined without a KMS host. */
  counted?: number;
  /** Whether DNS names the KMS host. */
  published: boolean;
  /** Whether Azure's own KMS can be reached. */
  inAzure: boolean;
  /** What it is besides healthy; it is so after its history. */
  conditions: Partial<MachineConditions>;
  office: { version: string; edition: string }[];
  /** Office versions whose License Pack is installed. */
  packs: string[];
  /** What was run on it before. */
  history: PlanRun[];
}

export interface BuiltMachine {
  machine: WindowsMachine;
  world: World;
  now: number;
}

const subject = "/vms/kms1-buero";
const hostId = "/vms/kms";
export const hostName = "kms.corp.example";

/** Builds the same machine each time. */
export function buildMachine(state: MachineState): BuiltMachine {
  const machines = new Map<string, WindowsMachine>();
  const world: World = {
    network: {
      srvRecords: (_id, domain) =>
        state.published && domain === "corp.example"
          ? [{ priority: 0, weight: 0, port: 1688, target: hostName }]
          : [],
      resolve: (_id, name) => (name === hostName && machines.has(hostId) ? hostId : undefined),
      allows: () => true,
      shareSubnet: () => true,
      reachesAzureKms: () => state.inAzure,
      reachesInternet: () => true,
      clearDnsCache: () => undefined,
      dnsSuffix: () => "corp.example",
    },
    activationService: activationService(),
    random: pseudoRandom(7),
    machine: (id) => machines.get(id),
  };
  const now = startOfTest;
  const run = (machine: WindowsMachine, { plan, secrets }: PlanRun) =>
    runLicensingPlan({ machine, plan, secrets, world, now });
  if (state.counted !== undefined) {
    const host = bootMachine({ ...server2022, id: hostId, computerName: "kms" }, world, now);
    machines.set(hostId, host);
    run(host, hostActivation);
    const member = { ...server2022, computerName: "web" };
    for (let count = 0; count < state.counted; count += 1) {
      const client = bootMachine({ ...member, id: `/vms/web${count}` }, world, now);
      client.discovery.machine = hostName;
      run(client, clientActivation);
    }
  }
  const machine = bootMachine(
    {
      ...state.system,
      id: subject,
      computerName: "kms1-büro",
      domain: state.domain,
    },
    world,
    now,
  );
  machines.set(subject, machine);
  state.office.forEach(({ version, edition }) => installOffice(machine, version, edition));
  state.packs.forEach((version) => installLicensePack(machine, version));
  state.history.forEach((one) => run(machine, one));
  Object.assign(machine.conditions, state.conditions);
  return { machine, world, now };
}

const nothing = { service: [], product: [], features: [], firewall: [], events: false };
const simplePlan = (operations: LicensingPlan["operations"]): LicensingPlan => ({
  version: 1,
  applicationId: windowsApplicationId,
  operations,
  read: nothing,
});

const key2022 = hostKeys.find(({ keyGroup }) => keyGroup.endsWith("Server 2022"))!.productKey;
const hostActivation: PlanRun = {
  plan: simplePlan([
    { id: "install", on: "service", method: "InstallProductKey", arguments: { ProductKey: key2022 } },
    { id: "activate", on: "product", method: "Activate" },
    {
      id: "allow",
      on: "firewall",
      method: "Allow",
      arguments: { Name: "SPPSVC-In-TCP", Port: 1688, Profiles: "Domain,Private,Public" },
    },
  ]),
  secrets: {},
};
const clientActivation: PlanRun = {
  plan: simplePlan([{ id: "activate", on: "product", method: "Activate" }]),
  secrets: {},
};

/** Product keys that tests install: the lab's host keys, Microsoft's setup keys, and one that nobody knows. */
export const productKeys = [
  ...hostKeys.map(({ productKey }) => productKey),
  ...officeHostKeys.map(({ productKey }) => productKey),
  ...Object.values(setupKeys),
  "NLABN-KMSNN-22222-NNNNN-LAB22",
];

const systems = [
  server2022,
  server2019,
  server2025,
  windows10,
  { ...server2022, setupKey: undefined },
  { ...server2022, editionId: "ServerStandardEval", setupKey: undefined, channel: "Retail:TB:Eval" as const },
  { ...server2022, setupKey: key2022 },
  { ...windows10, editionId: "Professional", setupKey: undefined, channel: "Retail" as const },
];

const offices = officeHostKeys.map(({ keyGroup }) => keyGroup.replace(" Volume License Pack", ""));

/** One in two is healthy. */
const conditions: fc.Arbitrary<Partial<MachineConditions>> = fc.oneof(
  fc.constant({}),
  fc.record({
    ignoredFirewallProfiles: fc.subarray(["Public", "Domain"]),
    unreadable: fc.subarray(
      ["service", "product", "feature", "firewall", "firewallPolicy", "registry", "events"],
      { maxLength: 2 },
    ),
    refuses: fc.subarray(
      [
        "service InstallProductKey",
        "service SetKeyManagementServiceListeningPort",
        "product Activate",
        "feature Install",
        "firewall Allow",
        "windowsService Restart",
      ],
      { maxLength: 2 },
    ),
  }),
);

/** Machines in all kinds of state. */
export const machineStates = (history: fc.Arbitrary<PlanRun[]>): fc.Arbitrary<MachineState> =>
  fc.record({
    system: fc.constantFrom(...systems),
    domain: fc.constantFrom("", "corp.example"),
    counted: fc.constantFrom(undefined, 0, 3, 6),
    published: fc.boolean(),
    inAzure: fc.boolean(),
    conditions,
    office: fc.constantFrom([], [{ version: offices[1], edition: "ProPlus" }]),
    packs: fc.subarray(offices),
    history,
  });
