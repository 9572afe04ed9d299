import type { HostState } from "./host-state";
import { hostKeyChannel } from "./key-channel";

/** Whether the machine is activated with the KMS host key of this ending. */
export const isLicensedWith = (
  ending: string,
  { licenseStatus, partialProductKey, productKeyChannel }: HostState,
) => licenseStatus === "Licensed" && partialProductKey === ending && productKeyChannel === hostKeyChannel;
