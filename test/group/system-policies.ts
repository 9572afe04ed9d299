import { isActivated, rowFor } from "../../provider/group/found-system";
import type { GroupHost } from "../../provider/group/state";
import { type SystemPolicy, systemLimits } from "../../provider/group/system-policy";
import { group2022 } from "../lab/windows/test-lab";

/** A KMS host as an activation has it. */
export const host = (changes: Partial<GroupHost> = {}): GroupHost => ({
  name: "kms",
  keyGroup: group2022,
  os: "Windows Server 2022",
  office: [],
  readOnly: false,
  ...changes,
});

/** What decides of members as found, with what a test changes. */
export const policy = (changes: Partial<SystemPolicy> = {}): SystemPolicy => ({
  name: "web",
  os: "",
  edition: "",
  office: "",
  officeProduct: "",
  setupKey: "",
  hosts: [host()],
  ...changes,
});

/** What a member reports. */
export const machine = (osBuild: string, editionId: string) => ({ name: "web-1", osBuild, editionId });
export const server2022 = machine("20348.2322", "ServerDatacenter");
export const server2025 = machine("26100.1742", "ServerStandard");
export const windows11 = machine("26100.1742", "Enterprise");
export const unknownBuild = machine("29999.1", "ServerDatacenter");

/** The setup key that a machine gets; undefined where it is left as it is. */
export const keyOn = (found: typeof server2022, changes: Partial<SystemPolicy> = {}) => {
  const { systems } = systemLimits(policy(changes));
  return systems && rowFor(systems, found)?.value;
};

/** Whether a machine is activated. */
export const isTaken = (found: typeof server2022, changes: Partial<SystemPolicy>) =>
  isActivated(systemLimits(policy(changes)), found);
