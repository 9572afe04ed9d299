import type { ClientActivationInputs } from "../../provider/group/state";
import { group2022, setupKeys } from "../lab/windows/test-lab";

/** What the engine hands to the handler of a group of servers that are told their KMS host by its address. */
export const groupInputs = (
  hostAddress: string,
  changes: Partial<ClientActivationInputs>,
): ClientActivationInputs => ({
  kind: "ClientActivation",
  name: "web",
  machines: [],
  os: "Windows Server 2022",
  edition: "Datacenter",
  hosts: [{ name: "kms", keyGroup: group2022, os: "Windows Server 2022" }],
  hostsReady: true,
  acceptUnlisted: false,
  setupKey: setupKeys.server2022Datacenter,
  discovery: "host",
  hostNames: [hostAddress],
  hostAddresses: [{ name: hostAddress, port: 1688 }],
  lookupDomain: "",
  threshold: 5,
  rollout: {},
  onRemove: "leave",
  convertFrom: "",
  ...changes,
});
