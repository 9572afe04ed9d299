import { PolicyPack } from "@pulumi/policy";
import { isSharedBackend } from "./product";
import { enginePolicy, kmsPolicies } from "./pack";

// The engine runs this file in a process of its own, with the environment of the program, and asks it over the network.
const context = {
  today: new Date().toISOString().slice(0, 10),
  isSharedBackend: (organization: string) => isSharedBackend(organization, process.env),
};
new PolicyPack("pulumi-windows-kms", {
  description: "Microsoft volume activation: KMS hosts, their keys and their clients",
  policies: kmsPolicies.map((policy) => enginePolicy(policy, context)),
});
