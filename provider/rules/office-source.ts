import { officeNameOf } from "../catalog/office";
import { type Verdict, verdict } from "./verdict";

/** Machines that the package creates are made from images of Windows alone, so that they have no Office to activate. */
export const officeSourceVerdicts = (
  source: "vms" | "scaleSet" | undefined,
  { office }: { office?: string },
): Verdict[] =>
  source !== undefined && office !== undefined
    ? [verdict("KMS2255", "error", source, { given: officeNameOf(office) })]
    : [];
