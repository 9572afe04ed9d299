import * as pulumi from "@pulumi/pulumi";
import { formatError } from "../errors/kms-error";
import type { GroupParts } from "./group-parts";

/** After an update, says on the group how many members wait for their KMS host's count, and for how many machines. */
export function warnOfPending(name: string, parts: GroupParts, group: pulumi.Resource): void {
  if (pulumi.runtime.isDryRun()) {
    return;
  }
  pulumi.all([parts.members, parts.machinesMissing]).apply(([members, missing]) => {
    const pending = members.filter(({ status }) => status === "Pending").length;
    if (pending > 0) {
      const values = { name, pending, all: members.length, missing };
      void pulumi.log.warn(formatError("KMS4005", { values }), group);
    }
  });
}
