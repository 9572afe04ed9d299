import { ArmError } from "../arm/arm-error";
import { parentId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { type JsonObject, objectAt, stringsIn, textOf } from "../arm/json";
import defaultRules from "./default-security-rules.json";
import { ipRange } from "./ip-prefix";

/** The rules that every network security group ends with. */
export const defaultSecurityRules = defaultRules.rules as { name: string; properties: JsonObject }[];

/** Network security groups show Azure's default rules beside their own. */
export const securityGroupBehaviour: TypeBehaviour = {
  read: (resource) => ({
    ...resource.body,
    properties: {
      ...objectAt(resource.body.properties),
      defaultSecurityRules: defaultSecurityRules.map(({ name, properties }) => ({
        name,
        id: `${resource.id}/defaultSecurityRules/${name}`,
        type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
        properties: { ...properties, provisioningState: "Succeeded" },
      })),
    },
  }),
};

const type = "Microsoft.Network/networkSecurityGroups/securityRules";

/** Ranges of priorities, unique priorities and complete rules, as Microsoft.Network checks them. */
export const securityRuleBehaviour: TypeBehaviour = {
  write(change, arm) {
    const rule = objectAt(change.body.properties);
    checkPriority(change, rule);
    checkPriorityFree(change, rule, arm);
    for (const [single, plural] of [
      ["sourceAddressPrefix", "sourceAddressPrefixes"],
      ["destinationAddressPrefix", "destinationAddressPrefixes"],
      ["sourcePortRange", "sourcePortRanges"],
      ["destinationPortRange", "destinationPortRanges"],
    ] as const) {
      checkValues(change, rule, single, plural);
    }
    return undefined;
  },
};

function refuse(code: string, { name, id }: ResourceChange, reason: string): never {
  throw new ArmError(400, code, `Security rule ${name} (${id}) ${reason}`);
}

function checkPriority(change: ResourceChange, rule: JsonObject): void {
  const priority = Number(rule.priority);
  if (!Number.isInteger(priority) || priority < 100 || priority > 4096) {
    refuse(
      "SecurityRuleInvalidPriority",
      change,
      `has invalid Priority. Value provided: ${priority} Allowed range 100-4096.`,
    );
  }
}

function checkPriorityFree(change: ResourceChange, rule: JsonObject, arm: ArmState): void {
  for (const other of arm.store.childrenOf(parentId(change.id)!, type)) {
    const { priority, direction } = objectAt(other.body.properties);
    const same = priority === rule.priority && direction === rule.direction;
    if (same && other.name.toLowerCase() !== change.name.toLowerCase()) {
      refuse(
        "SecurityRuleConflict",
        change,
        `conflicts with rule ${other.name}. Rules cannot have the same Priority and Direction.`,
      );
    }
  }
}

function checkValues(change: ResourceChange, rule: JsonObject, single: string, plural: string): void {
  const one = textOf(rule[single]);
  const values = one === undefined || one === "" ? stringsIn(rule[plural]) : [one];
  const groups = rule[single.replace("AddressPrefix", "ApplicationSecurityGroups")];
  if (
    values.length === 0 &&
    (single.endsWith("PortRange") || !Array.isArray(groups) || groups.length === 0)
  ) {
    refuse("SecurityRuleParametersMissing", change, `must have one of ${single}, ${plural}.`);
  }
  const valid = single.endsWith("PortRange") ? isPortRange : isPrefix;
  const wrong = values.find((value) => !valid(value));
  if (wrong !== undefined) {
    const what = single.endsWith("PortRange") ? "PortRange" : "AddressPrefix";
    refuse(`SecurityRuleInvalid${what}`, change, `has invalid ${what}. Value provided: ${wrong}`);
  }
}

/** A prefix or address, `*`, or the name of a service tag. */
const isPrefix = (text: string) =>
  text === "*" || /^[A-Z][\w.]*$/i.test(text) || text.includes(":") || ipRange(text) !== undefined;

function isPortRange(text: string): boolean {
  const [first, last = first, ...more] = text.split("-");
  const isPort = (port: string | undefined) => /^\d{1,5}$/.test(port ?? "") && Number(port) <= 65535;
  return (
    text === "*" || (more.length === 0 && isPort(first) && isPort(last) && Number(first) <= Number(last))
  );
}
