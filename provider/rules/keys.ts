import {
  defaultOfficeProduct,
  findKeyGroup,
  keyGroups,
  officeGroup,
  officeNameOf,
} from "../catalog/key-groups";
import { ActivationMode } from "../catalog/constants";
import { limits } from "../catalog/limits";
import { isProductKey, keyEnding, normalizeProductKey, whyNoProductKey } from "../catalog/product-key";
import { isMultiSession } from "../catalog/operating-systems";
import { recogniseKeyGroup } from "../catalog/recognised-names";
import { findAvmaKey, findSetupKey, ownersOfSetupKey } from "../catalog/setup-keys";
import { hintForSought } from "../catalog/sought-names";
import { counted, type Diagnostic, diagnostic, hintOf } from "./diagnostic";
import {
  type GroupFacts,
  type HostFacts,
  type HostKey,
  hostKeysOf,
  isAbsent,
  isGiven,
  isPartlyUnknown,
  isReadOnly,
  isUnknown,
  systemsOf,
} from "./facts";
import { valueAt } from "./paths";
import { memoized, type ProgramIndex } from "./program-index";

/** A host that the package manages has a key: of Windows, or of Office only. */
export function keyNeededDiagnostics(host: HostFacts): Diagnostic[] {
  if (isReadOnly(host)) {
    return [];
  }
  if (isAbsent(host, "key") && isAbsent(host, "officeKeys")) {
    return [diagnostic("KMS1008", "error", "key")];
  }
  const places = [
    ...(isGiven(host, "key") ? ["key"] : []),
    ...(host.args.officeKeys ?? []).map((_, index) => `officeKeys[${index}]`),
  ];
  const missing = places.map((place) => `${place}.productKey`).filter((path) => isAbsent(host, path));
  return missing.map((path) => diagnostic("KMS1002", "error", path, { allowed: "the KMS host key (CSVLK)" }));
}

/** Only an activation by telephone has a confirmation ID; any other would not be used. */
export const confirmationDiagnostics = (host: HostFacts): Diagnostic[] =>
  ["", ...(host.args.officeKeys ?? []).map((_, index) => `officeKeys[${index}].`)].flatMap((place) => {
    const { activation = ActivationMode.Online } = (
      place === "" ? host.args : valueAt(host.args, place.slice(0, -1))
    ) as { activation?: string };
    return isGiven(host, `${place}confirmationId`) &&
      !isUnknown(host, `${place}activation`) &&
      activation !== ActivationMode.Offline
      ? [
          diagnostic("KMS2140", "error", `${place}confirmationId`, {
            where: `with activation "${activation}"`,
            otherwise: `, or set activation to "offline"`,
          }),
        ]
      : [];
  });

/** A product key group that Microsoft does not have is refused, with the ones that there are. */
export function keyGroupDiagnostics({ args }: HostFacts): Diagnostic[] {
  const given = args.key?.keyGroup;
  if (given === undefined || findKeyGroup(given)?.application === "windows") {
    return [];
  }
  const allowed = keyGroups()
    .filter(({ application }) => application === "windows")
    .map(({ name }) => name);
  const instead = hintForSought("keyGroup", given);
  const guess = recogniseKeyGroup(given);
  return [
    diagnostic("KMS2001", "error", "key.keyGroup", {
      given,
      allowed: allowed.join("; "),
      hint: instead === undefined ? hintOf(guess === undefined ? [] : [guess]) : ` ${instead}`,
    }),
  ];
}

function malformedKey(given: string, path: string): Diagnostic {
  const why = whyNoProductKey(given);
  return diagnostic("KMS1101", "error", path, { given: given.length, why: why === "" ? "" : `: ${why}` });
}

/** Each host key has the form of a product key, is no client setup key, and stands in one place. */
export function hostKeyDiagnostics(host: HostFacts): Diagnostic[] {
  const { key, officeKeys = [] } = host.args;
  const given = [
    { productKey: key?.productKey, path: "key.productKey" },
    ...officeKeys.map(({ productKey }, index) => ({ productKey, path: `officeKeys[${index}].productKey` })),
  ];
  return given.flatMap(({ productKey, path }, place) => {
    if (productKey === undefined) {
      return [];
    }
    if (!isProductKey(productKey)) {
      return [malformedKey(productKey, path)];
    }
    const ending = keyEnding(productKey);
    const [owner] = ownersOfSetupKey(productKey);
    if (owner !== undefined) {
      return [diagnostic("KMS2008", "error", path, { given: ending, product: productOfKey(owner) })];
    }
    const avma = findAvmaKey(productKey);
    if (avma !== undefined) {
      return [diagnostic("KMS2022", "error", path, { given: ending, product: productOfKey(avma) })];
    }
    const first = given
      .slice(0, place)
      .find((other) => normalizeProductKey(other.productKey ?? "") === normalizeProductKey(productKey));
    return first === undefined
      ? []
      : [diagnostic("KMS2111", "error", path, { given: ending, other: first.path })];
  });
}

/**
 * A key, of Windows or of Office, activates a limited number of hosts, unless Microsoft granted an exception. Hosts are
 * counted in the order of the program.
 */
export const hostsPerKeyDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  validKeysOf(host).flatMap(({ path, productKey }) => {
    const holders = index.hostKeys(productKey);
    const { allowed, numbers, isOpen } = numbersOf(holders, index);
    const given = numbers.get(host) ?? 0;
    return given <= allowed || isOpen
      ? []
      : [
          diagnostic("KMS2101", "error", `${path}.productKey`, {
            given,
            allowed,
            names: allowedNames(holders, allowed),
          }),
        ];
  });

const validKeysOf = (host: HostFacts) =>
  hostKeysOf(host).filter(({ productKey }) => isProductKey(productKey));

/** How many hosts the key activates, and which of them each host is. */
const numbersOf = memoized((holders: readonly HostKey[]) => ({
  allowed: hostsAllowed(holders, limits.hostsPerKey),
  isOpen: holders.some(({ host, path }) => isPartlyUnknown(host, `${path}.hostLimitException`)),
  numbers: new Map(holders.map(({ host }, index) => [host, index + 1])),
}));

/** How many hosts a key activates: what Microsoft granted on one of its hosts, or the given limit if that is more. */
export const hostsAllowed = (holders: readonly HostKey[], limit: number): number =>
  holders.reduce((most, { hostLimitException }) => Math.max(most, hostLimitException?.hosts ?? 0), limit);

/** Names of the hosts that may have the key: the first ones. */
export const allowedNames = (holders: readonly HostKey[], allowed: number): string =>
  holders
    .slice(0, allowed)
    .map(({ host }) => host.name)
    .join(", ");

/** What a key had spent before it was counted is one fact, so all its hosts that declare it declare the same. */
export const activationsSpentDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  validKeysOf(host).flatMap(({ path, productKey, activationsSpent }) => {
    const given = spentInWords(activationsSpent);
    const { places, first } = declarationsOf(index.hostKeys(productKey), index);
    const { hosts, activations } = activationsSpent ?? {};
    const isKnown = hosts !== undefined && activations !== undefined;
    if (isKnown && (hosts > activations || (hosts === 0 && activations > 0))) {
      return [impossibleSpending(`${path}.activationsSpent`, hosts, activations)];
    }
    const own = places.get(placeName(host, path)) ?? 0;
    // Each earlier one counts, so that an error stays where it is when one before it becomes known.
    const before = first.find(({ words, place }) => words !== given && place < own);
    return before === undefined || given === undefined
      ? []
      : [
          diagnostic("KMS2113", "error", `${path}.activationsSpent`, {
            given,
            host: before.host.name,
            other: before.words,
            ending: keyEnding(productKey),
          }),
        ];
  });

/** Each host that a key was spent on took one activation at least, and there are none without a host. */
const impossibleSpending = (path: string, hosts: number, activations: number): Diagnostic =>
  hosts === 0
    ? diagnostic("KMS1003", "error", `${path}.hosts`, {
        given: 0,
        allowed: `the KMS hosts that took the ${counted(activations, "activation")}`,
      })
    : diagnostic("KMS1003", "error", `${path}.activations`, {
        given: activations,
        allowed: `at least ${hosts}, one for each of the ${counted(hosts, "host")} of activationsSpent`,
      });

/** Places of a key among all that are the same, and the first of each different declaration of what it had spent. */
const declarationsOf = memoized((holders: readonly HostKey[]) => {
  const first = new Map<string, { words: string; place: number; host: HostFacts }>();
  holders.forEach(({ host, activationsSpent }, place) => {
    const words = spentInWords(activationsSpent);
    if (words !== undefined && !first.has(words)) {
      first.set(words, { words, place, host });
    }
  });
  return {
    places: new Map(holders.map(({ host, path }, place) => [placeName(host, path), place])),
    // Whatever a host declares, one of the first two is another.
    first: [...first.values()].slice(0, 2),
  };
});

const placeName = ({ name }: HostFacts, path: string) => `${name} ${path}`;

/** Undefined where a number is not known yet. */
const spentInWords = ({ hosts, activations }: NonNullable<HostKey["activationsSpent"]> = {}) =>
  hosts === undefined || activations === undefined
    ? undefined
    : `${counted(hosts, "host")} and ${counted(activations, "activation")}`;

/**
 * A client takes Microsoft's setup key of its own edition: no KMS host key, no AVMA or retail key, and none of another
 * edition.
 */
export function setupKeyDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { setupKey } = group.args;
  if (setupKey === undefined) {
    return [];
  }
  if (!isProductKey(setupKey)) {
    return [malformedKey(setupKey, "setupKey")];
  }
  const ending = keyEnding(setupKey);
  const [first] = index.hostKeys(setupKey);
  if (first !== undefined) {
    return [diagnostic("KMS2010", "error", "setupKey", { given: ending, host: first.host.name })];
  }
  const products = productsOf(group);
  const keyless = products.find(({ product, edition }) => isMultiSession(product, edition));
  if (keyless !== undefined) {
    const given = `${keyless.product} ${keyless.edition}`;
    return [diagnostic("KMS2018", "error", "setupKey", { given })];
  }
  const allowed = products.flatMap(({ product, edition }) => findSetupKey(product, edition) ?? []);
  const [right] = allowed;
  const [owner] = ownersOfSetupKey(setupKey);
  const avma = avmaOwner(setupKey);
  if (right === undefined && owner === undefined && products.length === 0) {
    const values = {
      product: "any product of the catalogue",
      allowed: "the setup key of the members' edition",
    };
    return [diagnostic("KMS2011", "error", "setupKey", { ...values, given: ending, avma })];
  }
  if (right === undefined || allowed.some(({ key }) => key === normalizeProductKey(setupKey))) {
    return [];
  }
  const values = { product: productOfKey(right), allowed: right.key };
  return owner === undefined
    ? [diagnostic("KMS2011", "error", "setupKey", { ...values, given: ending, avma })]
    : [diagnostic("KMS2012", "error", "setupKey", { ...values, given: productOfKey(owner) })];
}

/** Whose key of Automatic Virtual Machine Activation a key is; "" for any other. */
function avmaOwner(productKey: string): string {
  const avma = findAvmaKey(productKey);
  return avma === undefined ? "" : `, and this is the AVMA key of ${productOfKey(avma)}`;
}

/** What a setup key is for; editions of Office have full names of their own. */
const productOfKey = ({ product, edition }: { product: string; edition: string }): string =>
  officeGroup(product) === undefined ? `${product} ${edition}` : edition;

/** The products that the members have a setup key for, as far as they are known. */
function productsOf(group: GroupFacts): { product: string; edition: string }[] {
  const { office } = group.args;
  if (office?.version !== undefined) {
    const edition =
      office.product ??
      (isUnknown(group, "office.product") ? undefined : defaultOfficeProduct(office.version));
    return edition === undefined ? [] : [{ product: officeNameOf(office.version), edition }];
  }
  return isGiven(group, "office")
    ? []
    : systemsOf(group).flatMap(({ os, edition }) =>
        edition === undefined ? [] : [{ product: os.name, edition }],
      );
}
