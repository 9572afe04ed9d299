import data from "./data/azure-kms.json";

/** An Azure cloud that has a KMS of its own. */
export type AzureCloud = "public" | "usgovernment" | "china";

/** Azure's own KMS of one cloud. */
export interface AzureKmsEntry {
  cloud: AzureCloud;
  /** Its names with their IPv4 addresses; the one that machines are told first. */
  servers: { name: string; addresses: string[] }[];
  source: string;
}

const rows = data as AzureKmsEntry[];

/** Azure's own KMS of each cloud. */
export const azureKmsEntries = (): readonly AzureKmsEntry[] => rows;

/** Azure's own KMS of a cloud. */
export const azureKmsOf = (cloud: AzureCloud): AzureKmsEntry => rows.find((row) => row.cloud === cloud)!;

/** The KMS of Azure that has this name or address; undefined when it is another host's. */
export function azureKmsNamed(name: string): AzureKmsEntry | undefined {
  const wanted = name.toLowerCase();
  return rows.find(({ servers }) =>
    servers.some((server) => server.name === wanted || server.addresses.includes(wanted)),
  );
}

/** Its addresses, in the order of its names. */
export const azureKmsAddresses = ({ servers }: AzureKmsEntry): string[] =>
  servers.flatMap(({ addresses }) => addresses);

/** Its address prefixes, as routes name them. */
export const azureKmsPrefixes = (kms: AzureKmsEntry): string[] =>
  azureKmsAddresses(kms).map((address) => `${address}/32`);
