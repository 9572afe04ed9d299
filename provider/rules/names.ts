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

/** Longest host name that Windows takes. Source: learn.microsoft.com naming-conventions-for-computer-domain-site-ou. */
const longest = 15;

/** Room that a number and a hyphen need behind a prefix. */
const numberLength = 5;

/** Source: learn.microsoft.com rest/api/compute/virtual-machine-scale-sets, osProfile.computerNamePrefix. */
const instanceNumberLength = 6;

/** A Windows host name made from a resource's name: letters, digits and hyphens. */
export const computerNameFrom = (name: string) => shortened(name, longest);

/** The begin of the host names of a group's machines, made from the group's name. */
export const computerNamePrefixFrom = (name: string) => shortened(name, longest - numberLength);

/** Begin of the host names of a scale set's instances, made from the group's name; Azure appends six characters. */
export const instanceNamePrefixFrom = (name: string) => shortened(name, longest - instanceNumberLength);

/** Host name of the machine with this number in a group. */
export const numberedComputerName = (prefix: string, number: number) => `${prefix}-${number}`;

function shortened(name: string, length: number): string {
  const letters = name.replace(/[^A-Za-z0-9-]+/g, "-").replace(/^-+/, "");
  const cut = letters.slice(0, length).replace(/-+$/, "");
  return /[A-Za-z]/.test(cut) ? cut : `kms-${cut}`.slice(0, length).replace(/-+$/, "");
}
