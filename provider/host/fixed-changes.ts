import type { FixedChange } from "../catalog/fixed-properties";
import { containsUnknown } from "../engine/inputs";
import { type Diagnostic, diagnostic, listed } from "../rules/diagnostic";

/*
 * What a machine that exists was given at its creation, compared with what the program gives now. What is not known, and what
 * was not kept when the machine was made, says nothing.
 */

/** Digests of what a machine was given for properties that are fixed at its creation, by what another value does. */
export type FixedValues = Partial<Record<FixedChange, Record<string, string>>>;

/** What machines were created from beside the properties of the catalogue. */
export interface FixedArguments {
  /** Secret; only whether it changed is of interest. */
  adminPassword: string;
  /** The program's own image, as text; left out for one of the catalogue. */
  image?: string;
  /** ID of the virtual network of the machines' subnet, in small letters. */
  virtualNetwork?: string;
}

/** What a component creates, as the program knows it. */
interface CreatedResources {
  /** Logical name of the component. */
  component: string;
  /** Logical names of the machines or of the scale set, and of their network interfaces. */
  machines: readonly string[];
  interfaces: readonly string[];
  what: "machine" | "scale set";
  /** Path of the arguments that they are created from. */
  path: string;
  /** What stands behind the ways to keep the machine. */
  instead: string;
}

/** Properties that Azure or this package chooses where the program gives none: to name the same value is no change. */
const chosen = ["location", "osProfile.computerName", "virtualMachineProfile.osProfile.computerNamePrefix"];

/** Properties whose other value does this to an existing machine. */
export function fixedChanges(
  change: FixedChange,
  olds: FixedValues | undefined,
  news: FixedValues | undefined,
): string[] {
  const isKept =
    typeof olds === "object" && Object.values(olds).every((values) => typeof values === "object");
  const now = typeof news === "object" ? news[change] : undefined;
  if (!isKept || typeof now !== "object") {
    return [];
  }
  const before: Partial<Record<string, string>> = { ...olds.refused, ...olds.deallocated, ...olds.replaces };
  return Object.entries(now).flatMap(([property, digest]) => {
    const isSame =
      before[property] === digest || (before[property] === undefined && chosen.includes(property));
    return isSame || containsUnknown([digest, before[property]]) ? [] : property;
  });
}

/** The argument that a property comes of, where it comes of one. */
const argumentOf: Partial<Record<string, string>> = {
  resourceGroupName: "resourceGroupName",
  location: "location",
  "osProfile.adminUsername": "adminUsername",
  "osProfile.computerName": "computerNamePrefix",
  "virtualMachineProfile.osProfile.adminUsername": "adminUsername",
  "virtualMachineProfile.osProfile.computerNamePrefix": "computerNamePrefix",
  "securityProfile.encryptionAtHost": "encryptionAtHost",
};

/** A property in the words of the program: its argument, or the property that a transformation sets. */
export const inProgram = (property: string, path: string): string =>
  argumentOf[property] === undefined ? property : `${path}.${argumentOf[property]}`;

/** What is wrong with other values for a machine that stays. */
export function fixedDiagnostics(
  created: CreatedResources,
  olds: { fixed?: FixedValues } & Partial<FixedArguments>,
  news: { fixed?: FixedValues } & Partial<FixedArguments>,
): Diagnostic[] {
  const { component, machines, interfaces, what, path, instead } = created;
  const changed = (name: keyof FixedArguments) =>
    olds[name] !== undefined && !containsUnknown([olds[name], news[name]]) && olds[name] !== news[name];
  const asText = (properties: readonly string[]) => ({
    given: listed(properties),
    machine: listed(machines),
    ignore: JSON.stringify(properties),
  });
  const pathOf = ([first]: readonly string[]) => {
    const argument = argumentOf[first];
    return argument === undefined ? path : `${path}.${argument}`;
  };
  const refused = fixedChanges("refused", olds.fixed, news.fixed);
  const deallocated = fixedChanges("deallocated", olds.fixed, news.fixed);
  const unseen = (["adminPassword", "image"] as const).filter(changed).map((name) => `${path}.${name}`);
  return [
    ...(unseen.length === 0
      ? []
      : [
          diagnostic("KMS6035", "warning", unseen[0], {
            given: listed(unseen),
            host: component,
            machines: machines.length,
          }),
        ]),
    ...(refused.length === 0
      ? []
      : [
          diagnostic("KMS6036", "error", pathOf(refused), {
            ...asText(refused),
            what,
            refusal: "PropertyChangeNotAllowed",
            instead,
          }),
        ]),
    ...(deallocated.length === 0
      ? []
      : [diagnostic("KMS6037", "warning", pathOf(deallocated), asText(deallocated))]),
    ...(changed("virtualNetwork")
      ? [
          diagnostic("KMS6036", "error", `${path}.subnetId`, {
            given: "the virtual network",
            machine: listed(interfaces),
            what: "network interface",
            refusal: "it keeps its virtual network",
            ignore: JSON.stringify(["ipConfigurations"]),
            instead,
          }),
        ]
      : []),
  ];
}
