import { type KmsPolicy, type Violation, violation } from "../policy";
import { declaredHosts } from "../program-facts";
import schema from "../schema/kms-ledger-shared.schema.json";

interface Parameters {
  /** Whether others can update the stack from elsewhere; the environment tells where this is not given. */
  sharedBackend?: boolean;
}

/** A ledger that counts activations for a stack of several people is one that they share. */
export const kmsLedgerShared: KmsPolicy<Parameters> = {
  name: "kms-ledger-shared",
  description: "A stack in a shared backend counts activations in a shared ledger.",
  enforcementLevel: "advisory",
  scope: "resource",
  schema,
  review: (resources, parameters, context) =>
    (parameters.sharedBackend ?? context.sharedBackend)
      ? declaredHosts(resources).flatMap(({ resource }): Violation[] => {
          const { ledger = "" } = resource.values as { ledger?: string };
          const url = ledger || context.defaultLedger;
          return url.startsWith("file:") && !resource.unknownPaths.has("ledger")
            ? [violation(resource, "KMS8009", { given: url }, "ledger")]
            : [];
        })
      : [],
};
