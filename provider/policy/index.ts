import { PolicyPack } from "@pulumi/policy";
import { dayOf, isSharedBackend } from "./product";
import { enginePolicy, kmsPolicies } from "./pack";

// The engine runs this file in a process of its own, with the environment of the program, and asks it over the network.
const context = {
  today: dayOf(Date.now()),
  isSharedBackend: (organization: string) => isSharedBackend(organization, process.env),
};
new PolicyPack("pulumi-windows-kms", {
  description: "Microsoft volume activation: KMS hosts, their keys and their clients",
  policies: kmsPolicies.map((policy) => enginePolicy(policy, context)),
});
