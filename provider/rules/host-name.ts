import { isIP } from "node:net";

/** Why a text is not the full name of a host; undefined when it is one. A final period is allowed. */
export function whyNoFullHostName(text: string): string | undefined {
  if (isIP(text.replace(/^\[|\]$/g, "")) !== 0) {
    return "it is an address";
  }
  const labels = text.replace(/\.$/, "").split(".");
  if (labels.length === 1) {
    return "it has no domain";
  }
  return labels.every(isLabel) && text.length <= longestName
    ? undefined
    : "it has other characters than letters, digits, hyphens and periods, or an empty or too long part";
}

const longestName = 253;

const isLabel = (label: string) => /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label);

/** Whether a full name is one of the host with this computer name. */
export const isNameOf = (fullName: string, computerName: string) =>
  fullName.split(".")[0].toLowerCase() === computerName.toLowerCase();
