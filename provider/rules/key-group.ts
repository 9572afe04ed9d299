import { findKeyGroup, keyGroups, suggestKeyGroups } from "../catalog/key-groups";
import { hintOf } from "./hint";
import { type Verdict, verdict } from "./verdict";

/** A product key group that Microsoft does not have is refused, with the ones that there are (R022, A-20). */
export function keyGroupVerdicts({ keyGroup }: { keyGroup?: string }): Verdict[] {
  if (keyGroup === undefined || findKeyGroup(keyGroup)?.application === "windows") {
    return [];
  }
  const windowsGroups = keyGroups().filter(({ application }) => application === "windows");
  const allowed = windowsGroups.map(({ name }) => name);
  const suggestions = suggestKeyGroups(keyGroup).filter((name) => allowed.includes(name));
  return [
    verdict("KMS2001", "error", "keyGroup", {
      given: keyGroup,
      allowed: allowed.join("; "),
      hint: hintOf(suggestions),
    }),
  ];
}
