import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";

/**
 * Rules of a KMS host's network security group: its port for the client prefixes, and for nobody else.
 * Azure's default rules would let the whole virtual network in.
 */
export function kmsPortRules(
  clientPrefixes: pulumi.Input<pulumi.Input<string>[]>,
  port: pulumi.Input<number>,
) {
  const common = {
    direction: network.SecurityRuleDirection.Inbound,
    protocol: network.SecurityRuleProtocol.Tcp,
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: pulumi.output(port).apply(String),
  };
  const deny = {
    ...common,
    name: "deny-kms",
    priority: 210,
    access: network.SecurityRuleAccess.Deny,
    sourceAddressPrefix: "*",
    description: "KMS for nobody else",
  };
  return pulumi.output(clientPrefixes).apply((prefixes) =>
    prefixes.length === 0
      ? [deny]
      : [
          {
            ...common,
            name: "allow-kms",
            priority: 200,
            access: network.SecurityRuleAccess.Allow,
            sourceAddressPrefixes: prefixes,
            description: "KMS for the client prefixes",
          },
          deny,
        ],
  );
}
