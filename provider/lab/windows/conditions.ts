/** What a machine may be besides healthy. Every member may be changed while the machine runs. */
export interface MachineConditions {
  /** How far the machine's own clock is ahead of the lab's. @default 0 */
  clockSkewMinutes: number;
  /** Whether an activation object of its domain activates its volume edition, so that it asks no KMS host. @default false */
  activeDirectoryActivation: boolean;
  /** Ways of activation that it is limited to: 0 all, 1 Active Directory, 2 KMS, 3 tokens. @default 0 */
  activationTypes: number;
  /** Firewall profiles in which a group policy makes Windows ignore local rules. @default [] */
  ignoredFirewallProfiles: string[];
  /** Whether a policy such as AppLocker leaves PowerShell its constrained language alone. @default false */
  constrainedLanguage: boolean;
  /** Whether the execution policy allows signed script files alone. @default false */
  signedScriptsOnly: boolean;
  /** Parts of its state that can't be read, for example `product` or `feature`. @default [] */
  unreadable: string[];
  /** Operations that fail, each as `TARGET METHOD`, for example `firewall Allow`. @default [] */
  refuses: string[];
}

/** A healthy machine. */
export const healthy = (): MachineConditions => ({
  clockSkewMinutes: 0,
  activeDirectoryActivation: false,
  activationTypes: 0,
  ignoredFirewallProfiles: [],
  constrainedLanguage: false,
  signedScriptsOnly: false,
  unreadable: [],
  refuses: [],
});

/** Values of members that are lists; other texts are refused. */
const allowed: Partial<Record<keyof MachineConditions, readonly string[]>> = {
  ignoredFirewallProfiles: ["Domain", "Private", "Public"],
  unreadable: [
    "service",
    "product",
    "feature",
    "firewall",
    "firewallPolicy",
    "registry",
    "windowsService",
    "clients",
    "reservations",
    "keyPair",
    "events",
  ],
};

/** What keeps an object from being conditions of a machine, in words; undefined where nothing does. */
export function conditionFault(given: Record<string, unknown>): string | undefined {
  const known = healthy();
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, name)) {
      return `${name} is not a condition of a machine; the conditions are ${Object.keys(known).join(", ")}`;
    }
    const key = name as keyof MachineConditions;
    const fault = Array.isArray(known[key])
      ? listFault(value, allowed[key])
      : typeof value === typeof known[key]
        ? undefined
        : `must be a ${typeof known[key]}`;
    if (fault !== undefined) {
      return `${name} ${fault}`;
    }
  }
  return undefined;
}

function listFault(value: unknown, values: readonly string[] | undefined): string | undefined {
  if (!Array.isArray(value) || value.some((one) => typeof one !== "string")) {
    return "must be a list of texts";
  }
  const wrong = values && (value as string[]).find((one) => !values.includes(one));
  return wrong === undefined ? undefined : `has ${wrong}, and must have some of ${values!.join(", ")}`;
}
