import type { PublicKey } from "./sealed-key";

/**
 * The plan that the licensing script obeys and the answer it gives. All decisions are made in TypeScript;
 * the script checks each operation's guard, carries it out, and reads the licensing state back.
 */

/** Application ID of Windows in the licensing classes. Source: Microsoft's slmgr, facts on CIM classes. */
export const windowsApplicationId = "55c92734-d682-4d71-983e-d6ec3f16059f";

/**
 * Application ID of Office in the licensing classes, from Windows 8 and Windows Server 2012 on; before them Office has a
 * licensing service of its own. Source: learn.microsoft.com tools-to-manage-volume-activation-of-office (ospp.vbs, slmgr).
 */
export const officeApplicationId = "0ff1ce15-a989-479d-af46-f275c6370663";
export type Scalar = string | number | boolean;

/**
 * What an operation changes:
 * `service` the CIM class SoftwareLicensingService; `product` the installed SoftwareLicensingProduct of the plan's
 * application (the one with a partial product key that is no add-on); `feature` a Windows feature;
 * `firewall` an inbound rule of Windows Defender Firewall; `registry` a list of strings (REG_MULTI_SZ) below
 * `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform`; `windowsService` a service of Windows;
 * `dnsCache` what Windows remembers of DNS.
 */
export type OperationTarget =
  "service" | "product" | "feature" | "firewall" | "registry" | "windowsService" | "dnsCache";

/**
 * What a condition is about: besides what operations change, `machine` (`build`, `editionId`, `productType`), and
 * `selection`, whose property is the name of one of the plan's selections.
 */
export type ConditionTarget = Exclude<OperationTarget, "dnsCache"> | "machine" | "selection";

/**
 * Compares an observed property. Exactly one of `is`, `isNot` and `isEndOf` is given. Text is compared without regard to
 * case; a missing property, null and "" are the same.
 */
export interface Condition {
  on: ConditionTarget;
  /**
   * CIM property name; for `feature` the feature's name; for `firewall` the rule's name; for `registry` the value's name
   * (its strings are joined with ";"); for `windowsService` the service's name, which gives `outdated` while settings wait
   * for its restart, else `current`; for `machine` `build`, the number before the period of `osBuild`, `editionId` or
   * `productType`; for `selection` a name in `selections` (the selected value, "" where no row fits).
   */
  property: string;
  /** Holds when the property equals this value, or one of these. */
  is?: Scalar | Scalar[];
  /** Holds when the property equals none of these values. */
  isNot?: Scalar | Scalar[];
  /** Holds when the property equals the last five characters of the value that this selection gave on the machine. */
  isEndOf?: string;
}

/**
 * A reason to leave the machine as it is. Before the first operation the script checks the refusals in order; at the
 * first whose conditions do not all hold it changes nothing and answers `{ id, result: "refused" }` as the only operation.
 * The licensing state is read all the same, so that the refusal can be explained with what was found.
 */
export interface Refusal {
  /** Unique among refusals and operations; begins with `refuse`. */
  id: string;
  unless: Condition[];
}

/** One value of a selection, for machines with one of these builds and one of these editions. */
export interface SelectionRow {
  /** Values of CurrentBuild, for example 20348. */
  builds: number[];
  /** Values of the registry's EditionID, for example `ServerDatacenter`. */
  editionIds: string[];
  value: string;
}

/**
 * One step. It is skipped when every condition of `unless` holds, or every one of `orUnless`, or when no operation that
 * `onlyAfter` names was done. A condition that cannot be read is a failure of the step.
 */
export interface GuardedOperation {
  /** Unique in the plan; the answer names it. */
  id: string;
  on: OperationTarget;
  /**
   * `service`, `product`: the CIM method. `feature`: `Install` {Name}.
   * `firewall`: `Allow` {Name, Port, Profiles: "Domain,Private,Public"}: makes the rule of that name admit every client on
   * this TCP port.
   * `windowsService`: `Restart` {Name}.
   * `dnsCache`: `Clear`; done as well where Windows has no command for it, before Windows 8 and Server 2012.
   * `registry`: `SetStrings` {Name, Strings: "first;second"}: writes the list; "" removes the value.
   */
  method: string;
  arguments?: Record<string, Scalar>;
  /** CIM argument name -> protected parameter that holds its value, so that it never is part of the plan. */
  secretArguments?: Record<string, SecretName>;
  /** CIM argument name -> selection that gives its value on the machine; refuse machines that no row fits. */
  selectedArguments?: Record<string, string>;
  unless?: Condition[];
  orUnless?: Condition[];
  onlyAfter?: string | string[];
  /** Whether the script goes on when the step fails. @default false */
  mayFail?: boolean;
  /** Service of Windows that must be restarted for the change to count; the machine remembers it until then. */
  needsRestart?: string;
}

/** Protected parameters of the script. */
export type SecretName = "productKey" | "confirmationId";
/** `sealedKey`: the product key as `sealProductKey` wrote it for the machine's key pair, in place of `productKey`. */
export type LicensingSecrets = Partial<Record<SecretName | "sealedKey", string>>;

export interface LicensingPlan {
  version: 1;
  /** Which application's product is meant. @default windowsApplicationId */
  applicationId: string;
  /** Narrows `product` to one license, for Office: one host key per version. */
  activationId?: string;
  /** Narrows `product` to the license whose key ends so, for Office: a machine may have several of its products. */
  keyEnding?: string;
  /**
   * Values that depend on what the machine says it is, by name. The first row with the machine's build and edition counts.
   * The whole catalogue of setup keys takes about 2,900 characters of an encoded plan.
   */
  selections?: Record<string, SelectionRow[]>;
  refusals?: Refusal[];
  operations: GuardedOperation[];
  /**
   * The operation that spends an activation, and what the machine records about it. Directly before it the script writes
   * `started`, directly after it `done` or `failed 0x…`. Where the record cannot be written, it does not begin; where the
   * record cannot be read, or says `revoked`, no operation begins. The answer then has the failed operation
   * `recordReservation`, which is the last.
   */
  reservation?: { id: string; operation: string };
  /**
   * Makes a pair of keys for the plan's license on the machine, so that its product key can be sent sealed; where all of these
   * conditions hold, no product key will be needed, and a pair that is there is removed.
   */
  keyPair?: { unless: Condition[] };
  /** Reservations whose operation must not begin any more, unless the machine has a record that it did. */
  revoke?: string[];
  /** What the answer reads back, after the operations. */
  read: {
    service: string[];
    product: string[];
    features: string[];
    /** Names of firewall rules. */
    firewall: string[];
    /** Names of lists of strings in the registry, below the key that `OperationTarget` names. @default none */
    registry?: string[];
    /** Names of services of Windows. @default none */
    windowsService?: string[];
    /** In which profiles a group policy makes Windows ignore local firewall rules. @default false */
    firewallPolicy?: boolean;
    /** The machine's record of reservations. @default false */
    reservations?: boolean;
    /** The newest request and response events (12288, 12289) that were logged since the script started. */
    events: boolean;
    /** Which machines this KMS host answered. @default none */
    clients?: ClientQuery;
  };
}

/**
 * A question for the event log of a KMS host (12290). An answer has little room, so that the names come as hashes, and in
 * several parts where there are many.
 */
export interface ClientQuery {
  /** How far back the log is read, in days. */
  sinceDays: number;
  /** Which part is asked for, from 0; a name belongs to the part that the first byte of its hash leaves as a remainder. */
  part: number;
  /** Number of parts, 1 to 256. */
  parts: number;
}

/** What a KMS host's event log says of the machines that asked it. */
export interface HeardClients {
  /**
   * The machines of this part whose newest request was answered: the first four bytes of the SHA-256 of each name, up to the
   * first dot and in lower case, in ascending order, as base64. A name that several machines have is left out.
   */
  names: string;
  /** Machines of this part for which the answer had no room. */
  more: number;
  /** Time of the oldest record in the log, ISO 8601; null where it is empty. */
  oldest: string | null;
}

/** How many names an answer has room for: with them it stays below the 4,096 bytes that a run command returns. */
export const clientsInAnswer = 400;

/** ID of the operation in whose place the answer says that a reserved operation could not be recorded. */
export const recordOperation = "recordReservation";

/** Where a machine keeps its record of reservations. */
export const registryKey = "HKLM\\SOFTWARE\\pulumi-windows-kms";

export interface OperationResult {
  id: string;
  /** `refused`: the machine was left as it is, for the refusal with this ID. */
  result: "done" | "skipped" | "failed" | "refused";
  /** Of a failed operation: `0x` and eight upper-case hexadecimal digits. */
  hresult?: string;
  /** Of a failed operation: the error's identifier and the beginning of its text, in the language of Windows. */
  detail?: string;
  /** Whether the script went on after the failure. */
  continued?: boolean;
}

/** What could not be read on a machine. Where `target` has properties, it is one of them, or all for the name "". */
export interface UnreadableState {
  target: OperationTarget | "firewallPolicy" | "clients" | "reservations" | "events" | "keyPair";
  name: string;
  hresult: string;
  detail: string;
}

/**
 * What the script prints: one JSON document under 4,096 bytes. The script stops at a refusal and at the first failed
 * operation, then reads back all the same.
 */
export interface LicensingAnswer {
  version: 1;
  operations: OperationResult[];
  machine: {
    /** DNS host name, as Windows has it. */
    name: string;
    /** AD domain, or "" in a workgroup. */
    domain: string;
    /** SMBIOS UUID, lower case. */
    uuid: string;
    /** `CurrentBuild.UBR`, for example `20348.2322`. */
    osBuild: string;
    /** Registry EditionID, for example `ServerDatacenter`, `ServerStandardEval`. */
    editionId: string;
    /** 1 client, 2 domain controller, 3 server. */
    productType: number;
    /** ISO 8601, the machine's own clock. */
    utc: string;
  };
  /** Null where the property is missing or null. Numbers are numbers, also uint32. */
  service: Record<string, Scalar | null>;
  /** Null when no license of the application has a product key, or where it is unreadable. */
  product: Record<string, Scalar | null> | null;
  /** Feature -> `Installed`, `Available`, `Removed` …; `unsupported` where the machine has no server features; `unknown`. */
  features: Record<string, string>;
  /**
   * Rule -> `absent`, `unknown`, or `STATE:PORT:Profile,Profile` with the profiles in alphabetical order (`Any` as
   * `Domain,Private,Public`). The state is `enabled`, `disabled`, or `limited` for an enabled rule that does not admit every
   * client; `:LIMITS` follows then, for example `:remote LocalSubnet`.
   */
  firewall: Record<string, string>;
  /** Strings of the lists that the plan reads, joined with ";"; null for a missing one. Left out where it reads none. */
  registry?: Record<string, string | null>;
  /** Service of Windows -> `current` or `outdated`. Left out where the plan reads none. */
  windowsService?: Record<string, string | null>;
  /** Profiles in which local firewall rules are ignored, comma-separated; null where that is unreadable. */
  firewallPolicy?: string | null;
  /** What could not be read. Left out where all was. */
  unreadable?: UnreadableState[];
  /** Machines that this KMS host answered. Left out where the plan does not ask. */
  clients?: HeardClients;
  /** The newest reservations: `started`, `done`, `failed 0x…` or `revoked`. Left out where the plan does not read them. */
  reservations?: Record<string, string>;
  /** The public part of the key pair that the plan asked for. Left out where none was needed. */
  publicKey?: PublicKey;
  /** The comma-separated Info text of events 12288 and 12289. Fields: learn.microsoft.com/previous-versions ff793440, table 11. */
  events: { request?: string; response?: string };
}

/**
 * Windows decides by what it last made of its licenses, so after each of these operations it must look at them again. A
 * former KMS host goes on answering until then. Source: Microsoft's slmgr.
 */
export const refreshAfter = (id: string, onlyAfter: string): GuardedOperation => ({
  id,
  on: "service",
  method: "RefreshLicenseStatus",
  onlyAfter,
});
