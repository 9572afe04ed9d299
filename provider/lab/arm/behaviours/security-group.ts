import type { TypeBehaviour } from "../arm-state";
import { objectAt, type JsonObject } from "../json";
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
