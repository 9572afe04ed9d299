import { ensureClientPlan } from "../../../provider/group/plan";
import { ensureHostPlan } from "../../../provider/host/plan";
import type { DesiredClient } from "../../../provider/group/plan";
import type { DesiredHost } from "../../../provider/host/plan";
import { defaultSettings } from "../../../provider/host/settings";
import { type LabClock, millisecondsPerDay, movableClock } from "../../../provider/lab/windows/clock";
import { createFleet, type Fleet } from "../../../provider/lab/windows/fleet";
import labKeys from "../../../provider/lab/windows/lab-keys.json";
import type { LabNetwork, LabSrvRecord } from "../../../provider/lab/windows/world";
import type { MachineSpec } from "../../../provider/lab/windows/windows-machine";
import {
  type GuardedOperation,
  type LicensingAnswer,
  type LicensingPlan,
  type LicensingSecrets,
  windowsApplicationId,
} from "../../../provider/machine/licensing-plan";

/** A fleet on a network whose DNS and filters a test sets, at a time that a test moves. */
export interface TestLab {
  fleet: Fleet;
  clock: LabClock;
  /** SRV records by DNS domain. */
  records: Map<string, LabSrvRecord[]>;
  /** `from to port` of connections that a network security group drops. */
  blocked: Set<string>;
  /** Default DNS suffix of every machine. */
  suffix: string;
  /** Whether Azure's own KMS answers under every name that is no machine's. */
  inAzure: boolean;
  /** Whether all machines are in one subnet. */
  oneSubnet: boolean;
}

export const startOfTest = Date.parse("2026-01-01T00:00:00Z");

/** A number generator that gives the same numbers in every run. */
export function pseudoRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export function testLab(random = pseudoRandom()): TestLab {
  const records = new Map<string, LabSrvRecord[]>();
  const blocked = new Set<string>();
  const clock = movableClock(() => startOfTest);
  const network: LabNetwork = {
    srvRecords: (_machine, domain) => records.get(domain) ?? [],
    resolve(_machine, name) {
      const id = machineId(name.split(".")[0]);
      return lab.fleet.has(id) ? id : undefined;
    },
    allows: (from, to, port) => !blocked.has(`${from} ${to} ${port}`),
    shareSubnet: () => lab.oneSubnet,
    clearDnsCache: () => undefined,
    reachesInternet: () => true,
    reachesAzureKms: () => lab.inAzure,
    dnsSuffix: () => lab.suffix,
  };
  const lab: TestLab = {
    fleet: createFleet({ network, clock, random }),
    clock,
    records,
    blocked,
    suffix: "corp.example",
    inAzure: false,
    oneSubnet: false,
  };
  return lab;
}

export const machineId = (name: string) => `/vms/${name}`;

export const advanceDays = ({ clock }: TestLab, days: number) => clock.advance(days * millisecondsPerDay);

/** Microsoft's public setup keys. Source: learn.microsoft.com kms-client-activation-keys. */
export const setupKeys = {
  server2022Datacenter: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  server2022Standard: "VDYBN-27WPP-V4HQT-9VMD4-VMK7H",
  server2019Datacenter: "WMDGN-G9PQG-XVVXX-R3X43-63DFG",
  server2025Datacenter: "D764K-2NDRG-47T6Q-P8T8W-YP6DF",
  windows10Enterprise: "NPPR9-FWDCX-D2C8J-H872K-2YT43",
};

export const server2022: Omit<MachineSpec, "id" | "computerName"> = {
  osBuild: "20348.4171",
  editionId: "ServerDatacenter",
  productType: 3,
  serverFeatures: true,
  setupKey: setupKeys.server2022Datacenter,
};

export const server2019: typeof server2022 = {
  ...server2022,
  osBuild: "17763.8027",
  setupKey: setupKeys.server2019Datacenter,
};

export const server2025: typeof server2022 = {
  ...server2022,
  osBuild: "26100.6584",
  setupKey: setupKeys.server2025Datacenter,
};

export const windows10: typeof server2022 = {
  osBuild: "19045.6332",
  editionId: "Enterprise",
  productType: 1,
  serverFeatures: false,
  setupKey: setupKeys.windows10Enterprise,
};

/** Boots a machine and gives its ID. */
export function boot(
  { fleet }: TestLab,
  computerName: string,
  system: Partial<MachineSpec> & typeof server2022 = server2022,
): string {
  const id = machineId(computerName);
  fleet.boot({ ...system, id, computerName });
  return id;
}

/** The lab's invented host key of a key group. */
export const hostKey = (keyGroup: string) =>
  labKeys.hostKeys.find((row) => row.keyGroup === keyGroup)!.productKey;

export const group2022 = "Volume License for Windows Server 2022";

export const desiredHostState = (productKey: string): DesiredHost => ({
  partialProductKey: productKey.slice(-5),
  activation: "online",
  settings: { values: { ...defaultSettings, dnsPublishing: false } },
});

/** Boots a machine, makes it a KMS host with the lab's key of the group, and publishes it. */
export function bootHost(
  lab: TestLab,
  computerName: string,
  keyGroup = group2022,
  system: Partial<MachineSpec> & typeof server2022 = server2022,
): string {
  const id = boot(lab, computerName, system);
  const productKey = hostKey(keyGroup);
  lab.fleet.runLicensingPlan(id, ensureHostPlan(desiredHostState(productKey)), { productKey });
  publish(lab, computerName);
  return id;
}

/** Adds an SRV record to the zone that machines look in. */
export function publish(lab: TestLab, computerName: string, record: Partial<LabSrvRecord> = {}): void {
  const target = `${computerName}.${lab.suffix}`;
  const others = lab.records.get(lab.suffix) ?? [];
  lab.records.set(lab.suffix, [...others, { priority: 0, weight: 0, port: 1688, target, ...record }]);
}

export const desiredClientState = (setupKey: string): DesiredClient => ({
  setupKey,
  discovery: "dns",
  hostNames: [],
});

/** Runs the plan that makes a machine a KMS client and asks for activation. */
export function ensureClient(
  lab: TestLab,
  id: string,
  setupKey = setupKeys.server2022Datacenter,
): LicensingAnswer {
  return lab.fleet.runLicensingPlan(id, ensureClientPlan(desiredClientState(setupKey)), {});
}

/** Boots machines named `prefix1` … and asks each once for activation. */
export function bootClients(
  lab: TestLab,
  count: number,
  prefix = "web",
  system: Partial<MachineSpec> & typeof server2022 = server2022,
): string[] {
  return Array.from({ length: count }, (_, index) => {
    const id = boot(lab, `${prefix}${index + 1}`, system);
    activate(lab, id);
    return id;
  });
}

/** Runs operations alone, and reads the properties named. */
export function run(
  { fleet }: TestLab,
  id: string,
  operations: GuardedOperation[],
  read: Partial<LicensingPlan["read"]> = {},
  secrets: LicensingSecrets = {},
): LicensingAnswer {
  const nothing = { service: [], product: [], features: [], firewall: [], events: false };
  return fleet.runLicensingPlan(
    id,
    { version: 1, applicationId: windowsApplicationId, operations, read: { ...nothing, ...read } },
    secrets,
  );
}

/** Asks for activation, whatever the state, and lets Windows look at it. Gives "done" or the HRESULT. */
export function activate(lab: TestLab, id: string): string {
  return callAndRefresh(lab, id, { on: "product", method: "Activate" });
}

function callAndRefresh(lab: TestLab, id: string, operation: Omit<GuardedOperation, "id">): string {
  const result = call(lab, id, operation);
  call(lab, id, { on: "service", method: "RefreshLicenseStatus" });
  return result;
}

/** Calls one method. Gives "done" or the HRESULT. */
export function call(lab: TestLab, id: string, operation: Omit<GuardedOperation, "id">): string {
  const [result] = run(lab, id, [{ id: "call", ...operation }]).operations;
  return result.hresult ?? result.result;
}

export const install = (lab: TestLab, id: string, productKey: string) =>
  callAndRefresh(lab, id, {
    on: "service",
    method: "InstallProductKey",
    arguments: { ProductKey: productKey },
  });
