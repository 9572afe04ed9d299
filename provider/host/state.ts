import type { ActivationMode } from "../catalog/constants";
import type { HostLimitException, SpentElsewhere } from "../ledger/document";
import type { SshAddress } from "../machine/ssh-address";
import type { AcknowledgementValues } from "../rules/args.generated";
import type { Diagnostic } from "../rules/diagnostic";
import type { Finding } from "../rules/findings";
import type { HostSettings } from "./settings";

/*
 * What the engine hands to the handler of a host activation and what it keeps of one: one KMS host key on one machine.
 * Outputs never hold `undefined`: what does not exist is left out.
 */

/** License status of a host that is known by its name alone. */
export const notObserved = "NotObserved";

/** What every host activation has. */
interface CommonInputs {
  kind: "HostActivation";
  /** Logical name of the KMSHost, for messages and the ledger. */
  name: string;
  /** Stack that the ledger knows the host by, `organization/project/stack`. */
  stack: string;
  /** Azure resource ID of the machine. Left out, with `ssh`, for a host that is known by its name alone. */
  azureVmId?: string;
  /** The machine over SSH. Holds secrets. */
  ssh?: SshAddress;
  /** Tags of the run commands on the machine. */
  tags?: Record<string, string>;
  /** Operating system that the program declares; left out where the machine is taken as found. */
  os?: string;
  /** Edition that the program declares. */
  edition?: string;
  /** Product key group of the key. */
  keyGroup?: string;
  /** Activation ID of the Office version whose host key this is; left out for the key of Windows. */
  activationId?: string;
  /** Diagnostics that the program accepts. */
  acknowledge: AcknowledgementValues[];
  /** Whether warnings are errors. @default false */
  strict?: boolean;
  timeoutMinutes: number;
}

/** A host key that the program manages. */
export interface ManagedHostInputs extends CommonInputs {
  readOnly: false;
  keyGroup: string;
  /** The KMS host key; secret. */
  productKey: string;
  activation: ActivationMode;
  /** Confirmation ID from Microsoft's telephone activation, digits only; secret. */
  confirmationId?: string;
  /**
   * Settings of the machine as a KMS host. The key of Windows brings them along, or the first key of Office where there is
   * none of Windows; the others leave the machine as it is.
   */
  settings?: HostSettings;
  /** URL of the ledger. */
  ledger: string;
  /** What was spent of the key outside the ledger. */
  activationsSpent?: SpentElsewhere;
  /** More hosts than usual, as Microsoft granted them. */
  hostLimitException?: HostLimitException;
  /** Whether a host of another stack or resource is taken over. */
  adopt: boolean;
  /** What the preview reported of the host that explains a step which Windows refuses. */
  findings?: Finding[];
  /** Whether the machine stays when the resource is deleted; it is then made a KMS client again. */
  keepMachine: boolean;
}

/** A host key that somebody else manages: it is looked at and never changed. */
export interface ReadOnlyHostInputs extends CommonInputs {
  readOnly: true;
  /** Port that the program expects; left out for any. */
  expectedPort?: number;
  /** Whether the machine must have such a host key. It need not have one of Windows where it serves Office alone. */
  keyRequired: boolean;
}

export type HostActivationInputs = ManagedHostInputs | ReadOnlyHostInputs;

/**
 * Inputs that the outputs do not repeat: a key and a confirmation ID are never stored, and the others matter to an update
 * alone.
 */
type NotStored =
  "kind" | "productKey" | "confirmationId" | "findings" | "acknowledge" | "strict" | "timeoutMinutes";

/** The inputs as outputs repeat them. */
export function storedInputs<Inputs extends HostActivationInputs>(inputs: Inputs): Omit<Inputs, NotStored> {
  const {
    kind: _kind,
    productKey: _productKey,
    confirmationId: _confirmationId,
    findings: _findings,
    acknowledge: _acknowledge,
    strict: _strict,
    timeoutMinutes: _timeoutMinutes,
    ...stored
  } = inputs as ManagedHostInputs;
  return stored as unknown as Omit<Inputs, NotStored>;
}

/** What was seen of a host when it was last looked at. */
export interface ObservedHost {
  /** SMBIOS UUID. */
  machineId: string;
  computerName: string;
  /** AD domain; "" in a workgroup. */
  domain: string;
  osBuild: string;
  editionId: string;
  /** Operating system by the catalogue's name, where the catalogue knows it. */
  foundOs?: string;
  /** Edition by the catalogue's name. */
  foundEdition?: string;
  partialProductKey?: string;
  licenseStatus: string;
  /** For Microsoft's telephone activation, with activation `offline`. */
  installationId?: string;
  currentCount: number;
  listeningPort: number;
  /** Firewall profiles in which a group policy makes Windows ignore local rules, comma-separated. */
  policyProfiles?: string;
}

/** What a ledger entry is known by. */
export interface LedgerEntry {
  /** URL of the ledger. */
  ledger: string;
  /** Owner of the entry. */
  stack: string;
  name: string;
  keyFingerprint: string;
  keyEnding: string;
  keyGroup: string;
  machineId: string;
}

/** What is remembered of a host besides what can be seen. */
export interface HostHistory {
  /** When this resource activated the key, by the machine's clock, ISO 8601. */
  activatedAt?: string;
  /**
   * Entries of this resource in ledgers, of keys and machines that it had before: they are retired as soon as the
   * resource has another key, and kept here until they are.
   */
  formerEntries?: LedgerEntry[];
  /** What differed from the desired state when the machine was last looked at, in words. */
  drift: string[];
  /** Why the machine did not answer when it was last to be looked at; the facts are those of its last answer. */
  unreachable?: string;
  /** What the last update reported, and that the machine did not answer; left out where there was nothing. */
  diagnostics?: Diagnostic[];
}

export interface ManagedHostOutputs extends Omit<ManagedHostInputs, NotStored>, ObservedHost, HostHistory {
  keyFingerprint: string;
  keyEnding: string;
  /** Whether a confirmation ID was deposited. */
  confirmed: boolean;
  /** What the ledger tells this resource by from a former one of the same name on the same machine. */
  claim?: string;
  /** Whether the program has given the host up as lost: its machine is not reached any more. */
  givenUp?: boolean;
}

export interface ReadOnlyHostOutputs
  extends Omit<ReadOnlyHostInputs, NotStored>, Partial<Omit<ObservedHost, "licenseStatus">>, HostHistory {
  licenseStatus: string;
}

export type HostActivationOutputs = ManagedHostOutputs | ReadOnlyHostOutputs;

/** What is known of the host key of one Office version. */
export interface KMSHostOfficeState {
  /** Full name of the Office version. */
  office: string;
  /** Last five characters of the installed host key. */
  partialProductKey?: string;
  /**
   * `Licensed` when the key is activated, `AwaitingConfirmation` before the confirmation ID is given, `NotObserved` for a
   * `readOnly` host known by `fqdn` alone; else Windows' own status.
   */
  licenseStatus: string;
  /** Installation ID for Microsoft's telephone activation, with activation `offline`. */
  installationId?: string;
  /** Machines that asked for this version in the last 30 days, when the host was last looked at. */
  currentCount?: number;
  /** When this resource activated the key, ISO 8601; left out where it was activated before. */
  activatedAt?: string;
}
