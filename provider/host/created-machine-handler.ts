import { isDeepStrictEqual } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import { checkFailures, type Handler, report } from "../engine/handler";
import { stopSignal } from "../engine/stopping";
import { containsUnknown } from "../engine/inputs";
import { KmsError } from "../errors/kms-error";
import { activationsSpentBy, remaining } from "../ledger/document";
import { currentLedger } from "../ledger/moved";
import { plainRegion } from "../catalog/azure-regions";
import { type Diagnostic, diagnostic, listed } from "../rules/diagnostic";
import { planMachine, refuseUnacknowledged, settled } from "./consent";
import { fixedChanges, fixedDiagnostics } from "./fixed-changes";
import type { CountedKey, CreatedMachineInputs, CreatedMachineOutputs } from "./created-machine-state";

/** What was made from the inputs; a computer name that the program does not give any more stays. */
function madeFrom(inputs: CreatedMachineInputs, olds?: CreatedMachineOutputs): CreatedMachineOutputs {
  const {
    kind: _kind,
    acknowledge: _acknowledge,
    strict: _strict,
    adminPassword: _password,
    image: _image,
    virtualNetwork: _virtualNetwork,
    defaultComputerName,
    ...made
  } = inputs;
  const { computerName = olds?.osProfile.computerName ?? defaultComputerName } = made.osProfile;
  return { ...made, osProfile: { ...made.osProfile, computerName } };
}

/** A reason for which Azure creates another machine. */
interface Cause {
  /** Argument that changed. */
  argument: string;
  /** Property of the virtual machine whose change a transform can ignore; left out where it cannot. */
  property?: string;
}

/** Properties that a transformation has the engine replace the machine for. */
const replacing = (olds: CreatedMachineOutputs, news: CreatedMachineOutputs): Cause[] =>
  fixedChanges("replaces", olds.fixed, news.fixed)
    .filter((property) => !fixed.some((one) => one.property === property))
    .map((property) => ({ argument: property, property }));

/** Each argument that Azure cannot change on an existing machine, with how its value is found. */
const fixed: (Cause & { of: (made: CreatedMachineOutputs) => unknown })[] = [
  {
    argument: "machine.create.resourceGroupName",
    property: "resourceGroupName",
    of: ({ resourceGroupName }) => resourceGroupName,
  },
  {
    argument: "machine.create.location",
    property: "location",
    of: ({ location }) => (containsUnknown(location) ? location : location && plainRegion(location)),
  },
  {
    argument: "machine.create.computerName",
    property: "osProfile.computerName",
    of: ({ osProfile }) => osProfile.computerName,
  },
  {
    argument: "machine.create.adminUsername",
    property: "osProfile.adminUsername",
    of: ({ osProfile }) => osProfile.adminUsername,
  },
  { argument: "os", of: ({ os }) => os },
  { argument: "edition", of: ({ edition }) => edition },
  { argument: "machine.create.core", of: ({ core }) => core },
  { argument: "machine.create.osDiskType", of: ({ osDiskType }) => osDiskType },
];

/** What replaces the machine, and whether more may that is not known yet. */
function replacement(
  olds: CreatedMachineOutputs,
  news: CreatedMachineOutputs,
): { causes: Cause[]; mayBe: boolean } {
  const changed = fixed.filter(({ of }) => !isDeepStrictEqual(of(olds), of(news)));
  // Without a region Azure takes that of the resource group, which may be the same.
  const isCertain = ({ of }: (typeof fixed)[number]) =>
    !containsUnknown(of(news)) && of(olds) !== undefined && of(news) !== undefined;
  return {
    causes: [...changed.filter(isCertain), ...replacing(olds, news)],
    mayBe: !changed.every(isCertain),
  };
}

/** The activated host on the machine, with what its key has left; undefined where nothing was spent on it. */
async function activatedHost(
  { stack, name, osProfile }: CreatedMachineOutputs,
  key: CountedKey,
): Promise<{ machine: string; ending: string; left: string } | undefined> {
  const ending = key.keyEnding;
  try {
    const stored = await currentLedger(key.ledger, key.keyFingerprint, stopSignal());
    const host = stored?.document.hosts.find(
      (one) =>
        one.stack === stack &&
        one.resource === name &&
        one.retiredAt === undefined &&
        activationsSpentBy(one) > 0,
    );
    if (stored === undefined || host === undefined) {
      return undefined;
    }
    const { hostsLeft, hostLimit } = remaining(stored.document);
    return {
      machine: host.computerName,
      ending,
      left: `${hostsLeft} of ${hostLimit} ${hostsLeft === 1 ? "is" : "are"} left`,
    };
  } catch (error) {
    if (error instanceof KmsError) {
      const left = `how many are left is not known (${error.code})`;
      return { machine: osProfile.computerName ?? name, ending, left };
    }
    throw error;
  }
}

/** What replaces the machine of an activated host. */
async function replacementDiagnostics(
  olds: CreatedMachineOutputs,
  news: CreatedMachineInputs,
): Promise<Diagnostic[]> {
  const { causes, mayBe } = replacement(olds, madeFrom(news, olds));
  if (causes.length === 0 && !mayBe) {
    return [];
  }
  const hosts = await Promise.all(olds.keys.map((key) => activatedHost(olds, key)));
  const [first] = causes;
  const cause = `a changed ${listed(causes.map(({ argument }) => argument))}`;
  const keep = waysToKeep(news.name, causes);
  return hosts
    .filter((host) => host !== undefined)
    .map((host) =>
      first === undefined
        ? diagnostic("KMS6032", "warning", "machine.create", host)
        : diagnostic("KMS6031", "error", first.argument, { ...host, cause, keep }),
    );
}

/** How the machine is kept without the former arguments, in words. */
function waysToKeep(name: string, causes: readonly Cause[]): string {
  const properties = causes.flatMap(({ property }) => property ?? []);
  const ignored = `or let a transform set ignoreChanges: ${JSON.stringify(properties)} on ${name}-vm and ${name}-machine`;
  return `protect: true on ${name}-vm keeps it from deletion${properties.length < causes.length ? "" : `, ${ignored}`}`;
}

/** What Azure does not change on the machine, unless another one takes its place. */
function keptDiagnostics(olds: CreatedMachineInputs, news: CreatedMachineInputs): Diagnostic[] {
  const { name } = news;
  const created = {
    component: name,
    machines: [`${name}-vm`],
    interfaces: [`${name}-nic`],
    what: "machine",
    path: "machine.create",
    instead: "Only a new machine takes another value, and that would be another host of the key.",
  } as const;
  const isReplaced = replacement(madeFrom(olds), madeFrom(news, madeFrom(olds))).causes.length > 0;
  return isReplaced ? [] : fixedDiagnostics(created, olds, news);
}

const consentOf = ({ acknowledge, strict }: CreatedMachineInputs) => ({ acknowledge, strict });

/** Whether the arguments tell for certain that they replace the machine, or that they do not. */
function isReplacementKnown(news: CreatedMachineInputs, olds: CreatedMachineInputs | undefined): boolean {
  const { acknowledge: _acknowledge, keys: _keys, ...made } = news;
  return (
    !containsUnknown(made) &&
    (olds === undefined || !replacement(madeFrom(olds), madeFrom(news, madeFrom(olds))).mayBe)
  );
}

/** The creation arguments of a virtual machine that the package creates for a KMS host. */
export const createdMachineHandler: Handler<CreatedMachineInputs, CreatedMachineOutputs> = {
  check(inputs, given) {
    const olds = given?.osProfile === undefined ? undefined : (given as CreatedMachineInputs);
    planMachine(inputs.name, { consent: consentOf(inputs), isKnown: isReplacementKnown(inputs, olds) });
    const found = olds === undefined ? [] : keptDiagnostics(olds, inputs);
    if (found.length === 0) {
      return [];
    }
    const diagnostics = settled(found, inputs);
    diagnostics
      .filter(({ severity }) => severity !== "error")
      .forEach(({ message }) => report(inputs.name, message));
    return checkFailures(diagnostics);
  },

  async diff(olds, news): Promise<pulumi.dynamic.DiffResult> {
    refuseUnacknowledged(news, await replacementDiagnostics(olds, news));
    const { name, stack, ...made } = madeFrom(news, olds);
    const stored: Record<string, unknown> = { ...olds };
    return {
      changes: Object.entries({ name, stack, ...made }).some(
        ([input, value]) => !isDeepStrictEqual(stored[input], value),
      ),
      replaces: [],
    };
  },

  create: async (inputs) => ({ id: inputs.name, outs: madeFrom(inputs) }),
  read: async (_id, olds) => olds,
  async update(_id, olds, news) {
    const diagnostics = settled(await replacementDiagnostics(olds, news), news);
    return { ...madeFrom(news, olds), ...(diagnostics.length > 0 && { diagnostics }) };
  },
  remove: async () => undefined,
};
