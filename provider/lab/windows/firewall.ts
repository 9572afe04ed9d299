import { limits } from "pulumi-windows-kms/bin/provider/testing";

/** An inbound rule of Windows Defender Firewall. */
export interface FirewallRule {
  enabled: boolean;
  port: number;
  /** In alphabetical order. */
  profiles: string[];
  /** Whom it admits: `Any`, or the machine's own subnet. */
  remote: "Any" | "LocalSubnet";
}

export type FirewallRules = Map<string, FirewallRule>;

const allProfiles = ["Domain", "Private", "Public"];

/**
 * What Windows brings along: rules for the KMS host that are disabled. Client Windows has two, of which the one for private
 * and public networks admits the machine's own subnet.
 * Source: learn.microsoft.com kms-create-host; exported firewall policies of Windows 10 and 11.
 */
export function builtInRules(productType: number): FirewallRules {
  const rule = { enabled: false, port: limits.kmsPort };
  return new Map<string, FirewallRule>(
    productType === 1
      ? [
          ["SPPSVC-In-TCP", { ...rule, profiles: ["Private", "Public"], remote: "LocalSubnet" }],
          ["SPPSVC-In-TCP-NoScope", { ...rule, profiles: ["Domain"], remote: "Any" }],
        ]
      : [["SPPSVC-In-TCP", { ...rule, profiles: allProfiles, remote: "Any" }]],
  );
}

/** The rule as the licensing script describes it. */
export function describeRule(rules: FirewallRules, name: string): string {
  const rule = rules.get(name);
  if (rule === undefined) {
    return "absent";
  }
  const { enabled, port, profiles, remote } = rule;
  const limited = remote === "Any" ? "" : `:remote ${remote}`;
  const state = enabled ? (limited === "" ? "enabled" : "limited") : "disabled";
  return `${state}:${port}:${profiles.join(",")}${limited}`;
}

/**
 * Makes the rule of this name admit every client on a port with comma-separated profiles.
 * @returns the profile that Windows does not know, where there is one
 */
export function allowPort(
  rules: FirewallRules,
  name: string,
  allow: { port: number; profiles: string },
): string | undefined {
  const given = allow.profiles.split(",").map((profile) => profile.trim());
  const unknown = given.find((profile) => profile !== "Any" && !allProfiles.includes(profile));
  if (unknown === undefined) {
    const profiles = given.includes("Any") ? [...allProfiles] : given.sort();
    rules.set(name, { enabled: true, port: allow.port, profiles, remote: "Any" });
  }
  return unknown;
}

/** A connection to a machine. */
export interface Connection {
  port: number;
  /** Profile of the network that it comes in by. */
  profile: string;
  /** Whether it comes from the machine's own subnet. */
  local: boolean;
}

/** Whether one of the rules admits a connection. */
export const passes = (rules: FirewallRules, { port, profile, local }: Connection): boolean =>
  [...rules.values()].some(
    (rule) =>
      rule.enabled &&
      rule.port === port &&
      rule.profiles.includes(profile) &&
      (rule.remote === "Any" || local),
  );
