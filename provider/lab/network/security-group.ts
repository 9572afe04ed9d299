import {
  portRangeRefusal,
  prefixCountRefusal,
  prefixListRefusal,
  priorityRefusal,
} from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "../arm/arm-error";
import { parentId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { type JsonObject, objectAt, stringsIn, textOf } from "../arm/json";
import { refuse } from "../arm/refuse";
import defaultRules from "./default-security-rules.json";

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
    refuse(priorityRefusal(Number(rule.priority)), "priority", { id: change.id });
    checkPriorityFree(change, rule, arm);
    for (const [single, plural] of [
      ["sourceAddressPrefix", "sourceAddressPrefixes"],
      ["destinationAddressPrefix", "destinationAddressPrefixes"],
      ["sourcePortRange", "sourcePortRanges"],
      ["destinationPortRange", "destinationPortRanges"],
    ] as const) {
      checkValues(change, rule, single, plural);
    }
    checkPrefixCount(change, rule, arm);
    return undefined;
  },
};

function refuseRule(code: string, { name, id }: ResourceChange, reason: string): never {
  throw new ArmError(400, code, `Security rule ${name} (${id}) ${reason}`);
}

function checkPriorityFree(change: ResourceChange, rule: JsonObject, arm: ArmState): void {
  for (const other of arm.store.childrenOf(parentId(change.id)!, type)) {
    const { priority, direction } = objectAt(other.body.properties);
    const same = priority === rule.priority && direction === rule.direction;
    if (same && other.name.toLowerCase() !== change.name.toLowerCase()) {
      refuseRule(
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
    refuseRule("SecurityRuleParametersMissing", change, `must have one of ${single}, ${plural}.`);
  }
  const refusal = single.endsWith("PortRange")
    ? values.map(portRangeRefusal).find((refused) => refused !== undefined)
    : prefixListRefusal(values);
  refuse(refusal, single, { id: change.id });
}

/** The limit counts the prefixes of all rules of a group, sources and destinations apart. */
function checkPrefixCount(change: ResourceChange, rule: JsonObject, arm: ArmState): void {
  const others = arm.store
    .childrenOf(parentId(change.id)!, type)
    .filter(({ name }) => name.toLowerCase() !== change.name.toLowerCase())
    .map(({ body }) => objectAt(body.properties));
  for (const side of ["sourceAddressPrefixes", "destinationAddressPrefixes"]) {
    const count = [rule, ...others].reduce((sum, one) => sum + stringsIn(one[side]).length, 0);
    refuse(prefixCountRefusal(count), side);
  }
}
