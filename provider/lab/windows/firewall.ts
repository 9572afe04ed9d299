/** An inbound rule of Windows Defender Firewall. */
export interface FirewallRule {
  enabled: boolean;
  port: number;
  /** In alphabetical order. */
  profiles: string[];
}

export type FirewallRules = Map<string, FirewallRule>;

/** What Windows brings along: the rule for the KMS host exists and is disabled. Source: learn.microsoft.com kms-create-host. */
export function builtInRules(): FirewallRules {
  return new Map([
    ["SPPSVC-In-TCP", { enabled: false, port: 1688, profiles: ["Domain", "Private", "Public"] }],
  ]);
}

/** The rule as the licensing script describes it. */
export function describeRule(rules: FirewallRules, name: string): string {
  const rule = rules.get(name);
  return rule === undefined
    ? "absent"
    : `${rule.enabled ? "enabled" : "disabled"}:${rule.port}:${rule.profiles.join(",")}`;
}

/** Enables the rule of this name for a port and comma-separated profiles, or creates it. */
export function allowPort(
  rules: FirewallRules,
  name: string,
  allow: { port: number; profiles: string },
): void {
  const profiles = allow.profiles.split(",").map((profile) => profile.trim());
  rules.set(name, { enabled: true, port: allow.port, profiles: profiles.sort() });
}

/** Whether a connection to this port passes while the network has this profile. */
export function passes(rules: FirewallRules, port: number, profile: string): boolean {
  return [...rules.values()].some(
    (rule) => rule.enabled && rule.port === port && rule.profiles.includes(profile),
  );
}
