import { officeNameOf } from "../catalog/office";
import { type Verdict, verdict } from "./verdict";

/** Machines that the package creates are made from images of Windows alone, so that they have no Office to activate. */
export const officeSourceVerdicts = (
  source: "vms" | "scaleSet",
  created: boolean,
  { office }: { office?: string },
): Verdict[] =>
  created && office !== undefined
    ? [verdict("KMS2255", "error", source, { given: officeNameOf(office) })]
    : [];
