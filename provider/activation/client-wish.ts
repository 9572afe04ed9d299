import { azureKmsNamed } from "../catalog/azure-kms";

/** What the members of a client group shall be. */
export interface ClientWish {
  /** KMS client setup key (GVLK); Microsoft publishes them, so it is no secret. */
  setupKey: string;
  /** How a member finds a KMS host: SRV records, or a fixed name. */
  discovery: "dns" | "host";
  /** Names of the KMS hosts that may serve the group, lower case. */
  hostNames: string[];
  /** For discovery `host`: the host and port that members are pinned to. */
  host?: { name: string; port: number };
  /** For discovery `dns`: the zone whose SRV records members read; absent: the machine's own DNS suffix. */
  lookupDomain?: string;
  /** No KMS host is activated yet: members are configured and do not ask. */
  awaitsHost?: boolean;
  /** What activated the members before. */
  convertFrom?: ConvertFrom;
}

/** What a machine was activated by before it becomes a KMS client: R145, R146, R147. */
export type ConvertFrom = "kmsHost" | "mak" | "retail";

/** Whether Azure's own KMS activates the members; it has no threshold that they could wait for. */
export const asksAzure = ({ host }: ClientWish) =>
  host !== undefined && azureKmsNamed(host.name) !== undefined;
