import { PolicyPack } from "@pulumi/policy";
import { enginePolicy } from "./engine-policy";
import { kmsPolicies } from "./policies";
import { reviewContext } from "./review-context";

// The engine runs this file in a process of its own and asks it over the network.
const context = reviewContext();
new PolicyPack("pulumi-windows-kms", {
  description: "Microsoft volume activation: KMS hosts, their keys and their clients",
  policies: kmsPolicies.map((policy) => enginePolicy(policy, context)),
});
