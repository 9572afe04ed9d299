import { type DeclaredResource, isAzureNative, isChild, isComponent } from "./declared-resource";
import { policy, violation } from "./policy";

/*
 * Policies on what KMSHosts do: the machines that they make or take over, and the activations that they spend.
 */

/** A KMS host that is made anew spends another of the key's activations. */
export const kmsHostProtected = policy({
  name: "kms-host-protected",
  description: "The virtual machines of KMS hosts are protected from deletion.",
  enforcementLevel: "advisory",
  scope: "stack",
  parameters: {
    exemptHosts: {
      type: "array",
      uniqueItems: true,
      default: [],
      items: { type: "string", minLength: 1 },
      description: "Logical names of KMSHosts that may be destroyed, for example of a lab",
    },
  },
  review(resources, { exemptHosts }) {
    const hosts = hostsByMachine(resources);
    return resources
      .filter((resource) => isAzureNative(resource, "compute", "VirtualMachine") && !resource.protect)
      .flatMap((machine) => {
        const host = hosts.get(machine.urn);
        return host === undefined || exemptHosts.includes(host)
          ? []
          : [violation(machine, "KMS8010", { machine: machine.name, host })];
      });
  },
});

/** Logical name of the KMSHost by the URN of its machine: one that it makes, or one that its activation depends on. */
function hostsByMachine(resources: readonly DeclaredResource[]): Map<string, string> {
  const hosts = new Map(
    resources
      .filter((resource) => isComponent(resource, "KMSHost") && resource.values.readOnly !== true)
      .map(({ urn, name }) => [urn, name]),
  );
  const machines = new Map<string, string>();
  for (const resource of resources) {
    const host = hosts.get(resource.parent ?? "");
    if (host !== undefined) {
      machines.set(resource.urn, host);
      const takenOver = isChild(resource, "HostActivation") ? (resource.dependencies.azureVmId ?? []) : [];
      takenOver.forEach((machine) => machines.set(machine, host));
    }
  }
  return machines;
}

/**
 * A ledger that counts activations for a stack of several people is one that they share. Each activation knows the ledger
 * that it is counted in, wherever that was named, and the organization of its stack.
 */
export const kmsLedgerShared = policy({
  name: "kms-ledger-shared",
  description: "A stack in a shared backend counts activations in a shared ledger.",
  enforcementLevel: "advisory",
  scope: "resource",
  parameters: {
    sharedBackend: {
      type: "boolean",
      description:
        "Whether others can update the stack from elsewhere; if not given, PULUMI_BACKEND_URL and the stack's organization decide",
    },
  },
  review: (resources, { sharedBackend }, context) =>
    resources
      .filter((resource) => isChild(resource, "HostActivation"))
      .flatMap((activation) => {
        const { ledger = "", stack = "" } = activation.values as { ledger?: string; stack?: string };
        const isShared = sharedBackend ?? context.isSharedBackend(stack.split("/")[0]);
        return isShared && ledger.startsWith("file:")
          ? [violation(activation, "KMS8009", { given: ledger }, "ledger")]
          : [];
      }),
});
