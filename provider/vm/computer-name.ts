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
