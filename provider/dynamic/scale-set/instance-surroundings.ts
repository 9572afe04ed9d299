import type { MemberSurroundings } from "../../activation/member-remedy";
import { instanceWish } from "./instance-extension";
import type { ScaleSetGroup, ScaleSetGroupOutputs } from "./scale-set-group";

/** What instances shall be, and what errors say of their system and their KMS hosts, which only the inputs name. */
export const instanceSurroundings = (group: ScaleSetGroup | ScaleSetGroupOutputs): MemberSurroundings => ({
  wish: instanceWish(group),
  os: group.os,
  office: group.office,
  hosts: "hosts" in group ? group.hosts : [],
});
