import type { DeclaredResource } from "../declared-resource";
import { type KmsPolicy, violation } from "../policy";
import { hostActivationType, isAzureNative, kmsHostType } from "../resource-types";
import schema from "../schema/kms-host-protected.schema.json";

interface Parameters {
  /** Logical names of KMSHosts that may be destroyed, for example of a lab. */
  exemptHosts: string[];
}

/** A KMS host that is made anew spends another of the key's activations. */
export const kmsHostProtected: KmsPolicy<Parameters> = {
  name: "kms-host-protected",
  description: "The virtual machines of KMS hosts are protected from deletion.",
  enforcementLevel: "advisory",
  scope: "stack",
  schema,
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
};

/** Logical name of the KMSHost by the URN of its machine: one that it makes, or one that its activation depends on. */
function hostsByMachine(resources: DeclaredResource[]): Map<string, string> {
  const hosts = new Map(
    resources.filter(({ type }) => type === kmsHostType).map(({ urn, name }) => [urn, name]),
  );
  const machines = new Map<string, string>();
  for (const { urn, type, parent = "", dependencies } of resources) {
    const host = hosts.get(parent);
    if (host !== undefined) {
      machines.set(urn, host);
      const takenOver = type === hostActivationType ? (dependencies.azureVmId ?? []) : [];
      takenOver.forEach((machine) => machines.set(machine, host));
    }
  }
  return machines;
}
