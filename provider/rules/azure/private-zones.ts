import { azureRules, isListed, isWithin } from "../../catalog/azure-rules";
import { counted } from "../diagnostic";
import { type AzureRefusal, refusedUnless } from "./refusal";

/** Why Azure has no private DNS zone of this name. */
export function zoneNameRefusal(zoneName: string): AzureRefusal | undefined {
  const labels = zoneName.split(".").length;
  const { minimum, maximum } = azureRules.zoneLabels;
  return (
    refusedUnless(
      isWithin("zoneLabels", labels),
      "zoneLabels",
      `it has ${counted(labels, "label")}, and ${minimum} to ${maximum} are allowed`,
    ) ??
    refusedUnless(!isListed("zoneReserved", zoneName), "zoneReserved", "Azure keeps this name for itself")
  );
}

/** Why Azure refuses the time to live of a record set. */
export const ttlRefusal = (seconds: number): AzureRefusal | undefined =>
  refusedUnless(isWithin("recordTtl", seconds), "recordTtl", `the time to live is ${seconds}`);

/** Why Azure refuses a number of records in one record set. */
export const recordCountRefusal = (count: number): AzureRefusal | undefined =>
  refusedUnless(
    isWithin("recordCount", count),
    "recordCount",
    `there are ${count} records, and at most ${azureRules.recordCount.maximum} are allowed`,
  );

/** Why Azure refuses a number of an SRV record. */
export const srvNumberRefusal = (number: number): AzureRefusal | undefined =>
  refusedUnless(isWithin("srvNumber", number), "srvNumber", `${number} is not a number of an SRV record`);
