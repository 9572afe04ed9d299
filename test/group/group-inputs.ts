import { Discovery, OnRemove } from "../../provider/catalog/constants";
import type { ClientActivationInputs } from "../../provider/group/state";
import { group2022, setupKeys } from "../lab/windows/test-lab";

/** What the engine hands to the handler of a group of servers that are pinned to a KMS host by its address. */
export const groupInputs = (
  hostAddress: string,
  changes: Partial<ClientActivationInputs>,
): ClientActivationInputs => ({
  kind: "ClientActivation",
  name: "web",
  machines: [],
  os: "Windows Server 2022",
  edition: "Datacenter",
  office: "",
  officeProduct: "",
  hosts: [{ name: "kms", keyGroup: group2022, os: "Windows Server 2022", office: [], readOnly: false }],
  hostMachines: [""],
  hostConnections: [],
  refresh: {},
  hostsReady: true,
  setupKey: setupKeys.server2022Datacenter,
  discovery: Discovery.FixedHost,
  hostNames: [hostAddress],
  hostAddresses: [{ name: hostAddress, port: 1688 }],
  lookupDomain: "",
  threshold: 5,
  rollout: {},
  timeoutMinutes: 0,
  onRemove: OnRemove.Leave,
  offlineDays: 0,
  tags: {},
  strict: false,
  acknowledge: [],
  findings: [],
  ...changes,
});
