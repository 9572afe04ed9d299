import { type AzureCloud, azureKmsEntries } from "../catalog/azure-kms";
import { settle } from "../rules/acknowledge";
import type { CommonValues, KMSClientGroupValues, KMSHostValues } from "../rules/args.generated";
import type { DeclaredResource } from "../rules/azure-network/declared-resource";
import { learnOfGroup, learnOfHost } from "../rules/declared-machines";
import { condensed, type Diagnostic, diagnostic, listed, shownValue } from "../rules/diagnostic";
import type { GroupFacts, ZoneFacts } from "../rules/facts";
import { holdsPath, itemPath, memberPath } from "../rules/paths";
import { programIndex } from "../rules/program-index";
import { reviewGroup, reviewHost } from "../rules/rules";
import { argumentDiagnostics, explainAbsent, type Validator } from "./argument-diagnostics";
import type { ArgumentNode, ObjectNode } from "./argument-node";
import { kmsClientGroupTree, kmsHostTree } from "./argument-tree.generated";
import {
  isList,
  isPlainObject as isObject,
  plainArguments,
  plainCopy,
  undefinedPaths,
} from "./plain-arguments";
import { kmsClientGroupArgs, kmsHostArgs } from "./validators.generated";

/** A program for `validate`: the arguments of its resources, as plain values, by their logical names. */
export interface ProgramToValidate {
  /** Arguments of each KMSHost, in the order of the program. */
  hosts?: Record<string, KMSHostValues>;
  /** Arguments of each KMSClientGroup; their `hosts` are logical names. */
  groups?: Record<string, KMSClientGroupValues>;
  /** Zones whose records are known. */
  zones?: ZoneFacts[];
  /**
   * What the program declares with azure-native: networks, zones, machines. They refer to each other, and the arguments to
   * them, by Azure resource IDs and names.
   */
  resources?: AzureResource[];
  /**
   * Day of the review, ISO 8601 date.
   *
   * @default - ends of support and of acknowledgements are not judged
   */
  today?: string;
  /**
   * Azure cloud of the machines.
   *
   * @default "public"
   */
  azureCloud?: AzureCloud;
}

/** A resource of azure-native, as plain values. */
export interface AzureResource {
  /** Token, of any API version, for example `azure-native:network:Subnet`. */
  type: string;
  /** Logical name. */
  name: string;
  /** Arguments of the resource. */
  args: Record<string, unknown>;
  /** Its resource option of this name. */
  ignoreChanges?: string[];
}

/** A diagnostic with the logical name of the resource that it is about. */
export interface ResourceDiagnostic extends Diagnostic {
  /** Logical name of the KMSHost or KMSClientGroup. */
  resource: string;
}

/**
 * What the preview reports about a program, without Pulumi: for unit tests and reviews. It checks the shape of the
 * arguments first, applies `strict` and `acknowledge`, and reads neither ledgers nor credentials. Pure, and linear in
 * the size of the program.
 *
 * @example
 * const diagnostics = validate({
 *   hosts: {
 *     kms: {
 *       key: { keyGroup: KeyGroup.WindowsServer2022 },
 *       os: OperatingSystem.WindowsServer2022,
 *       machine: { fqdn: "kms.corp.example" },
 *       readOnly: true,
 *     },
 *   },
 *   groups: { web: { hosts: ["kms"], machines: { azureVmIds: [newVmId] } } },
 * });
 */
export function validate(program: ProgramToValidate): ResourceDiagnostic[] {
  const { hosts: hostArgs, groups: groupArgs, wrong, ...rest } = checkedProgram(program);
  const { zones, resources, today, azureCloud } = rest;
  const hosts = Object.entries(hostArgs).map(([name, args]) =>
    checked<KMSHostValues>(name, args, kmsHostTree, kmsHostArgs),
  );
  const groups = Object.entries(groupArgs).map(([name, args]) =>
    checked<KMSClientGroupValues>(name, args, kmsClientGroupTree, kmsClientGroupArgs),
  );
  const index = programIndex({ zones, resources, today });
  const hostFacts = hosts.map(({ facts }) => facts && { ...facts, azureCloud });
  const groupFacts = groups.map(({ facts }) => facts && { ...facts, azureCloud });
  hostFacts.forEach((facts) => facts && index.addHost(facts));
  groupFacts.forEach((facts) => facts && index.addGroup(facts));
  hostFacts.forEach((facts) => facts && learnOfHost(facts, index));
  groupFacts.forEach((facts) => facts && learnOfGroup(facts, index));
  const names = new Set(hosts.map(({ name }) => name));
  return [
    ...wrong.map((one) => ({ resource: "", ...one })),
    ...hosts.flatMap((host, place) =>
      reviewed(host, hostFacts[place], today, (facts) => reviewHost(facts, index)),
    ),
    ...groups.flatMap((group, place) =>
      reviewed(group, groupFacts[place], today, (facts) => [
        ...unknownHosts(facts, names),
        ...reviewGroup(facts, index),
      ]),
    ),
  ];
}

/** The parts of a program as far as they have the right shape, and what is wrong with the others. */
interface CheckedProgram {
  hosts: Record<string, unknown>;
  groups: Record<string, unknown>;
  zones: ZoneFacts[];
  resources: DeclaredResource[];
  today: string | undefined;
  azureCloud: AzureCloud | undefined;
  wrong: Diagnostic[];
}

/** A program may come from a file or a person, and be anything. */
function checkedProgram(given: unknown): CheckedProgram {
  const program = isObject(given) ? given : {};
  const wrong: Diagnostic[] = [];
  const part = <T>(path: string, allowed: string, isRight: (value: unknown) => value is T): T | undefined => {
    const value = path === "" ? given : program[path];
    if (value === undefined ? path !== "" : isRight(value)) {
      return value as T | undefined;
    }
    wrong.push(
      diagnostic("KMS1003", "error", path, {
        given: shownValue(plainArguments(value, { kind: "value" })),
        allowed,
      }),
    );
    return undefined;
  };
  part("", "{ hosts, groups, zones, resources, today, azureCloud }", isObject);
  const argsByName = "the arguments of each resource by its logical name";
  const hosts = part("hosts", argsByName, isObject) ?? {};
  const groups = part("groups", argsByName, isObject) ?? {};
  const today = part("today", "a day, for example 2027-03-31", isDay);
  const azureCloud = part("azureCloud", listed(clouds, "or"), isCloud);
  const [zones, wrongZones] = checkedZones(part("zones", "a list of zones", isList) ?? []);
  const [resources, wrongResources] = checkedResources(
    part("resources", "a list of resources of azure-native", isList) ?? [],
  );
  wrong.push(...wrongZones, ...wrongResources);
  return { hosts, groups, zones, resources, today, azureCloud, wrong };
}

const clouds = azureKmsEntries().map(({ cloud }) => cloud);
const isCloud = (value: unknown): value is AzureCloud => clouds.some((cloud) => cloud === value);
const isDay = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

/** Arguments of one resource with what is wrong with their shape; facts only where nothing is. */
interface CheckedResource<Values> {
  name: string;
  shape: Diagnostic[];
  facts:
    | { name: string; args: Values; unknown: ReadonlySet<string>; isSecret: (path: string) => boolean }
    | undefined;
  /** Paths of what is named and undefined. */
  absent: ReadonlySet<string>;
}

function checked<Values>(
  name: string,
  given: unknown,
  tree: ObjectNode,
  validator: Validator,
): CheckedResource<Values> {
  const args = plainArguments(given, tree) as Values;
  const secrets = new Set(secretPaths(args, tree, ""));
  const unknown = new Set<string>();
  const isSecret = (path: string) => holdsPath(secrets, path);
  const absent = new Set(undefinedPaths(given, tree));
  const opened = { values: args, unknown, undecided: [], absent, failed: [], tree, isSecret };
  const shape = argumentDiagnostics(validator, opened);
  return { name, shape, absent, facts: shape.length > 0 ? undefined : { name, args, unknown, isSecret } };
}

/** Paths of the values that are kept secret whether or not they are given as secrets. */
function secretPaths(value: unknown, node: ArgumentNode, path: string): string[] {
  if (node.kind === "value") {
    return node.secret === true ? [path] : [];
  }
  if (node.kind === "list") {
    return Array.isArray(value)
      ? value.flatMap((item, index) => secretPaths(item, node.items, itemPath(path, index)))
      : [];
  }
  if (node.kind !== "object" || typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = Object.hasOwn(node.members, name) ? node.members[name] : undefined;
    return inner === undefined ? [] : secretPaths(member, inner, memberPath(path, name));
  });
}

function checkedZones(zones: readonly unknown[]): [ZoneFacts[], Diagnostic[]] {
  const isZone = (zone: unknown): zone is ZoneFacts =>
    isObject(zone) &&
    typeof zone.zoneName === "string" &&
    isList(zone.foreignTargets) &&
    zone.foreignTargets.every((target) => typeof target === "string");
  const allowed = '{ zoneName: "corp.example", foreignTargets: [] }';
  const given = "what is not a zone";
  const wrong = Array.from(zones, (zone, place) =>
    isZone(zone) ? [] : [diagnostic("KMS1003", "error", `zones[${place}]`, { given, allowed })],
  );
  return [zones.filter(isZone), condensed(wrong.flat())];
}

function checkedResources(given: readonly unknown[]): [DeclaredResource[], Diagnostic[]] {
  const isResource = (resource: unknown): resource is AzureResource =>
    isObject(resource) &&
    typeof resource.type === "string" &&
    typeof resource.name === "string" &&
    isObject(resource.args);
  const allowed = '{ type: "azure-native:network:Subnet", name: "web", args: {} }';
  const wrong = Array.from(given, (resource, place) =>
    isResource(resource)
      ? []
      : [diagnostic("KMS1003", "error", `resources[${place}]`, { given: "what is not a resource", allowed })],
  );
  const resources = given.filter(isResource).map(({ type, name, args, ignoreChanges }, place) => ({
    key: `resource ${place}`,
    type,
    name,
    values: plainCopy(args) as AzureResource["args"],
    unknown: new Set<string>(),
    links: [],
    ignored: (Array.isArray(ignoreChanges) ? ignoreChanges : []).filter((one) => typeof one === "string"),
  }));
  return [resources, condensed(wrong.flat())];
}

function reviewed<Values extends CommonValues, Facts extends { name: string; args: Values }>(
  { name, shape, absent }: CheckedResource<Values>,
  facts: Facts | undefined,
  today: string | undefined,
  rules: (facts: Facts) => Diagnostic[],
): ResourceDiagnostic[] {
  const diagnostics =
    facts === undefined ? shape : settle(explainAbsent(rules(facts), absent), { ...facts.args, today });
  return diagnostics.map((one) => ({ resource: name, ...one }));
}

/** The KMS hosts that a group names are in the program. */
const unknownHosts = ({ args }: GroupFacts, names: ReadonlySet<string>): Diagnostic[] =>
  (args.hosts ?? []).flatMap((given, place) =>
    names.has(given)
      ? []
      : [
          diagnostic("KMS2242", "error", `hosts[${place}]`, {
            given: given === "" ? shownValue(given) : given,
          }),
        ],
  );
