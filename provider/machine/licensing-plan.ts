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
 * What an operation or a condition is about:
 * `service` the CIM class SoftwareLicensingService; `product` the installed SoftwareLicensingProduct of the plan's
 * application (the one with a partial product key that is no add-on); `feature` a Windows feature;
 * `firewall` an inbound rule of Windows Defender Firewall.
 */
export type OperationTarget = "service" | "product" | "feature" | "firewall";

/**
 * Holds when the observed property equals `is`, or one of its values. Text is compared without regard to case;
 * a missing property, null and "" are the same.
 */
export interface Condition {
  on: OperationTarget;
  /** CIM property name; for `feature` the feature's name; for `firewall` the rule's name. */
  property: string;
  is: Scalar | Scalar[];
}

/** One step. It is skipped when every condition of `unless` holds, or when the operation named in `onlyAfter` was not done. */
export interface GuardedOperation {
  /** Unique in the plan; the answer names it. */
  id: string;
  on: OperationTarget;
  /**
   * `service`, `product`: the CIM method. `feature`: `Install` {Name}.
   * `firewall`: `Allow` {Name, Port, Profiles: "Domain,Private,Public"}: enables the rule of that name, or creates it.
   */
  method: string;
  arguments?: Record<string, Scalar>;
  /** CIM argument name -> protected parameter that holds its value, so that it never is part of the plan. */
  secretArguments?: Record<string, SecretName>;
  unless?: Condition[];
  onlyAfter?: string;
}

/** Protected parameters of the script. */
export type SecretName = "productKey" | "confirmationId";
export type LicensingSecrets = Partial<Record<SecretName, string>>;

export interface LicensingPlan {
  version: 1;
  /** Which application's product is meant. @default windowsApplicationId */
  applicationId: string;
  /** Narrows `product` to one license, for Office: one host key per version. */
  activationId?: string;
  /** Narrows `product` to the license whose key ends so, for Office: a machine may have several of its products. */
  keyEnding?: string;
  operations: GuardedOperation[];
  /** What the answer reads back, after the operations. */
  read: {
    service: string[];
    product: string[];
    features: string[];
    /** Names of firewall rules. */
    firewall: string[];
    /** The newest request and response events (12288, 12289) that were logged since the script started. */
    events: boolean;
  };
}

export interface OperationResult {
  id: string;
  result: "done" | "skipped" | "failed";
  /** Of a failed operation: `0x` and eight upper-case hexadecimal digits. */
  hresult?: string;
}

/** What the script prints: one JSON document under 4,096 bytes. The script stops at the first failed operation, then reads back all the same. */
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
  /** Null when no license of the application has a product key. */
  product: Record<string, Scalar | null> | null;
  /** Feature -> `Installed`, `Available`, `Removed` …; `unsupported` where the machine has no server features. */
  features: Record<string, string>;
  /** Rule -> `absent`, or `enabled|disabled:PORT:Profile,Profile` with the profiles in alphabetical order (`Any` as `Domain,Private,Public`). */
  firewall: Record<string, string>;
  /** The comma-separated Info text of events 12288 and 12289. Fields: learn.microsoft.com/previous-versions ff793440, table 11. */
  events: { request?: string; response?: string };
}
