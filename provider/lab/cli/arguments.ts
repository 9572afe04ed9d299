import { statSync } from "node:fs";
import path from "node:path";
import { InvalidArgumentError } from "commander";
import { KeyGroup, nearest, officeGroup, OfficeVersion } from "pulumi-windows-kms/bin/provider/testing";
import { conditionFault, type MachineConditions } from "../windows/conditions";
import { labKeyGroups } from "../windows/product-keys";

const mostDays = 3650;

/** A folder that is there, or can be made, as an absolute path. */
export function labFolder(given: string): string {
  const folder = path.resolve(given);
  if (given === "" || statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new InvalidArgumentError("It must name a folder.");
  }
  return folder;
}

/** Days that the lab's clock moves ahead. */
export function days(given: string): number {
  const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : NaN;
  if (!(value > 0 && value <= mostDays)) {
    throw new InvalidArgumentError(`It must be a number of days, above 0 and at most ${mostDays}.`);
  }
  return value;
}

/** Conditions of a machine as JSON. */
export function machineConditions(given: string): Partial<MachineConditions> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(given);
  } catch {
    parsed = undefined; // said below, without the parser's own words
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new InvalidArgumentError("It must be a JSON object.");
  }
  const fault = conditionFault(parsed as Record<string, unknown>);
  if (fault !== undefined) {
    throw new InvalidArgumentError(`${fault}.`);
  }
  return parsed;
}

/** A number of at least 0. */
export function wholeNumber(given: string): number {
  if (!/^\d{1,9}$/.test(given)) {
    throw new InvalidArgumentError("It must be a whole number of at least 0.");
  }
  return Number(given);
}

/** A whole number between two, both included. */
export const wholeNumberFrom =
  (least: number, most: number) =>
  (given: string): number => {
    const parsed = /^\d{1,9}$/.test(given) ? Number(given) : -1;
    if (parsed < least || parsed > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return parsed;
  };

/** Names separated by commas; none for "". */
export const names = (given: string): string[] =>
  given
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** A regular expression, as text. */
export function pattern(given: string): string {
  try {
    void new RegExp(given, "i");
    return given;
  } catch (error) {
    throw new InvalidArgumentError(`It must be a regular expression: ${(error as Error).message}.`);
  }
}

/** The option that stands for a member of a fault, for example `--after-work` for `afterWork`. */
export const faultFlag = (member: string) =>
  `--${member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Names that programs have for the product key groups of the lab: those of `KeyGroup` and `OfficeVersion`. */
const programNames = new Map<string, string>(
  [
    ...Object.entries(KeyGroup),
    ...Object.entries(OfficeVersion).map(
      ([name, version]) => [name, officeGroup(version)?.name ?? ""] as const,
    ),
  ].filter(([, keyGroup]) => labKeyGroups.includes(keyGroup)),
);

/** A product key group of the lab, by Microsoft's name or by that of `KeyGroup` or `OfficeVersion`. */
export function labKeyGroup(given: string): string {
  const keyGroup = programNames.get(given) ?? labKeyGroups.find((name) => name === given);
  if (keyGroup !== undefined) {
    return keyGroup;
  }
  const [guess] = nearest(given, [...programNames.keys(), ...labKeyGroups]);
  const hint = guess === undefined ? "" : `Did you mean ${guess}? `;
  throw new InvalidArgumentError(`${hint}Allowed choices are ${[...programNames.keys()].join(", ")}.`);
}

/** Names of the product key groups of the lab, and Microsoft's names for them. */
export const labKeyGroupNames: readonly [name: string, keyGroup: string][] = [...programNames];
