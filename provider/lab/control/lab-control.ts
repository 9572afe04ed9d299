import type { Role } from "../arm/authorization";
import type { AzureConditions } from "../arm/conditions";
import type { RequestCount } from "../arm/request-log";
import type { GuestResult } from "../compute/guest-script";
import { LabError } from "../lab-error";
import type { HostUsage } from "../windows/activation-service";
import type { MachineConditions } from "../windows/conditions";
import type { MachineSnapshot } from "../windows/licensing-state";
import type { Fault } from "./faults";

/** A machine outside Azure, installed from volume media. */
export interface OnPremisesSpec {
  /** Computer name. */
  name: string;
  /** `CurrentBuild.UBR`, for example `20348.2322`. */
  osBuild: string;
  /** Registry EditionID, for example `ServerDatacenter`. */
  editionId: string;
  /** 1 client, 2 domain controller, 3 server. */
  productType: 1 | 2 | 3;
  /** AD domain. @default "" */
  domain?: string;
  /** Primary DNS suffix. @default - the domain */
  dnsSuffix?: string;
  /** SMBIOS UUID. @default - a random one */
  uuid?: string;
}

/** What machines outside Azure see of a DNS zone: these records, or those of a DNS server. */
export interface OnPremisesZoneSpec {
  zone: string;
  /** `ADDRESS:PORT` of the DNS server that is asked each time, and that KMS hosts of this domain publish on. */
  server?: string;
  /** Records of `_vlmcs._tcp`. */
  srv?: { priority?: number; weight?: number; port: number; target: string }[];
  /** Address records, their names relative to the zone. */
  a?: { name: string; address: string }[];
}

/** What a test, or the person at the lab, does to it from outside. */
export interface LabControl {
  /** IDs of all resources, resource groups included. */
  resources(): Promise<string[]>;
  /** Requests since the last reset, by method and type. */
  requests(): Promise<RequestCount[]>;
  resetRequests(): Promise<void>;
  addFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** What the subscription is like beyond its resources. */
  conditions(): Promise<AzureConditions>;
  /** Changes some of its conditions; null gives one its usual value. */
  setConditions(
    changed: Partial<{ [Name in keyof AzureConditions]: AzureConditions[Name] | null }>,
  ): Promise<void>;
  resetConditions(): Promise<void>;
  /** The roles that limit what the caller may do; undefined where nothing does. */
  roles(): Promise<readonly Role[] | undefined>;
  /** Allows only what these roles allow: one, or the list `roles` that `pulumi-windows-kms permissions` prints. */
  setRoles(roles: object): Promise<void>;
  clearRoles(): Promise<void>;
  machines(): Promise<MachineSnapshot[]>;
  /** The lab's time. */
  now(): Promise<Date>;
  advanceClock(minutes: number): Promise<void>;
  /** Machines are named by computer name or resource ID. */
  stopMachine(idOrName: string): Promise<void>;
  startMachine(idOrName: string): Promise<void>;
  /**
   * Makes a machine unhealthy, or healthy again: its clock is off, a policy is in the way, parts of it can't be read, and
   * others. What is not named stays. Gives all its conditions.
   */
  setMachineConditions(idOrName: string, conditions: Partial<MachineConditions>): Promise<MachineConditions>;
  /** Whether the Azure agent on the machine answers; without it Azure runs nothing there. */
  setAgent(idOrName: string, ready: boolean): Promise<void>;
  /** What an autoscaler does: the scale set with this resource ID gets another capacity. */
  scale(scaleSetId: string, capacity: number): Promise<void>;
  /** What an administrator does on the machine: a change that Pulumi does not know of. */
  installKeyByHand(idOrName: string, productKey: string): Promise<void>;
  /** Installs a volume edition of Office on a machine, without a key. */
  installOffice(idOrName: string, version: string, edition: string): Promise<void>;
  /** Installs the Volume License Pack of an Office version on a KMS host. */
  installLicensePack(idOrName: string, version: string): Promise<void>;
  /** What Microsoft's telephone line answers for an installation ID. */
  confirmInstallation(installationId: string): Promise<string>;
  /** What Microsoft has counted for the key with this ending. */
  activations(keyEnding: string): Promise<HostUsage[]>;
  bootOnPremises(spec: OnPremisesSpec): Promise<void>;
  setOnPremisesZone(zone: OnPremisesZoneSpec): Promise<void>;
  /** Runs a command with its standard input on a machine, as its SSH server does. */
  runSshCommand(idOrName: string, command: string, input: string): Promise<GuestResult>;
  shutdown(): Promise<void>;
}

/** Controls the lab whose ARM endpoint is given. Calls throw LabError KMS7102 when the lab refuses them. */
export function labControl(endpoint: string): LabControl {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${endpoint}/lab/${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    });
    const answer = (await response.json()) as T & { error?: { message: string } };
    if (!response.ok) {
      const reason = answer.error?.message ?? `HTTP status ${response.status}`;
      throw new LabError("KMS7102", { values: { given: `${method} /lab/${path}`, reason } });
    }
    return answer;
  };
  const machine = (idOrName: string, action: string) => `machines/${encodeURIComponent(idOrName)}/${action}`;
  const order = async (method: string, path: string, body?: object) =>
    void (await call<object>(method, path, body));
  return {
    resources: async () => (await call<{ resources: string[] }>("GET", "resources")).resources,
    requests: async () => (await call<{ requests: RequestCount[] }>("GET", "requests")).requests,
    resetRequests: () => order("DELETE", "requests"),
    addFault: (fault) => order("POST", "faults", fault),
    clearFaults: () => order("DELETE", "faults"),
    conditions: () => call("GET", "conditions"),
    setConditions: (changed) => order("POST", "conditions", changed),
    resetConditions: () => order("DELETE", "conditions"),
    roles: async () => (await call<{ roles: Role[] | null }>("GET", "roles")).roles ?? undefined,
    setRoles: (roles) => order("POST", "roles", roles),
    clearRoles: () => order("DELETE", "roles"),
    machines: async () => (await call<{ machines: MachineSnapshot[] }>("GET", "machines")).machines,
    now: async () => new Date((await call<{ now: string }>("GET", "clock")).now),
    advanceClock: (advanceMinutes) => order("POST", "clock", { advanceMinutes }),
    stopMachine: (idOrName) => order("POST", machine(idOrName, "stop")),
    startMachine: (idOrName) => order("POST", machine(idOrName, "start")),
    setMachineConditions: (idOrName, conditions) => call("POST", machine(idOrName, "conditions"), conditions),
    setAgent: (idOrName, ready) => order("POST", machine(idOrName, "agent"), { ready }),
    scale: (scaleSetId, capacity) =>
      order("POST", `scale-sets/${encodeURIComponent(scaleSetId)}/scale`, { capacity }),
    installKeyByHand: (idOrName, productKey) =>
      order("POST", machine(idOrName, "install-key"), { productKey }),
    installOffice: (idOrName, version, edition) =>
      order("POST", machine(idOrName, "install-office"), { version, edition }),
    installLicensePack: (idOrName, version) =>
      order("POST", machine(idOrName, "install-license-pack"), { version }),
    confirmInstallation: async (installationId) =>
      (await call<{ confirmationId: string }>("POST", "telephone", { installationId })).confirmationId,
    activations: async (keyEnding) =>
      (await call<{ hosts: HostUsage[] }>("POST", "activations", { keyEnding })).hosts,
    bootOnPremises: (spec) => order("POST", "machines", spec),
    setOnPremisesZone: (zone) => order("POST", "dns", zone),
    runSshCommand: (idOrName, command, input) => call("POST", machine(idOrName, "ssh"), { command, input }),
    shutdown: () => order("POST", "shutdown"),
  };
}
