import { type Diagnostic, alikeDiagnostics, diagnostic, type Fault, listed } from "../diagnostic";
import { type HostFacts, isCreated, isSecret } from "../facts";
import { type AddressPrefix, addressPrefix, isPublicRange, networkOf } from "../azure-network/address-ranges";
import { overlapsOf, prefixCountRefusal } from "./address-prefixes";

/** A client prefix of a host, by its place in the list. */
interface ClientPrefix extends AddressPrefix {
  place: number;
  text: string;
}

/** So many prefixes are named in one text. */
const mostNamed = 3;

const inWords = (texts: readonly string[]) => {
  const others = texts.length - mostNamed;
  return others > 0
    ? `${texts.slice(0, mostNamed).join(", ")} and ${others.toLocaleString("en-US")} others`
    : listed(texts);
};

/**
 * What Azure refuses of the rule that lets client prefixes in. A prefix that lets the Internet in is refused already, so it
 * is compared with others only where the program accepts it.
 */
export function clientPrefixRuleDiagnostics(host: HostFacts): Diagnostic[] {
  const { clientPrefixes = [], acknowledge = [] } = host.args;
  if (!isCreated(host)) {
    return [];
  }
  const acceptsPublic = acknowledge.some(({ code }) => code === "KMS2102");
  const secret = isSecret(host, "clientPrefixes");
  const prefixes = clientPrefixes.flatMap((given, place): ClientPrefix[] => {
    const block = given === undefined ? undefined : addressPrefix(given);
    const hidden = secret || isSecret(host, `clientPrefixes[${place}]`);
    return block === undefined || given === undefined || (!acceptsPublic && isPublicRange(block))
      ? []
      : [{ ...block, place, text: hidden ? `item ${place} of this list` : given }];
  });
  return [
    ...countDiagnostics(prefixes),
    ...hostBitsDiagnostics(prefixes, secret),
    ...familyDiagnostics(prefixes),
    ...overlapDiagnostics(prefixes),
  ];
}

function countDiagnostics(prefixes: ClientPrefix[]): Diagnostic[] {
  const refusal = prefixCountRefusal(prefixes.length);
  return refusal === undefined
    ? []
    : [diagnostic("KMS2121", "error", "clientPrefixes", { reason: refusal.reason })];
}

function hostBitsDiagnostics(prefixes: ClientPrefix[], secret: boolean): Diagnostic[] {
  const faults = prefixes
    .filter(({ hasHostBits }) => hasHostBits)
    .map((prefix): Fault => {
      const { place, text } = prefix;
      const network = networkOf(prefix);
      const [address = ""] = text.split("/");
      const allowed = secret ? "the address of the network" : `${network}, or ${address} for the one machine`;
      return {
        path: `clientPrefixes[${place}]`,
        values: { given: text, network: secret ? "not shown" : network, allowed },
      };
    });
  return alikeDiagnostics("KMS2120", "error", faults);
}

/** A created machine has one address, an IPv4 address. */
function familyDiagnostics(prefixes: ClientPrefix[]): Diagnostic[] {
  const newer = prefixes.filter(({ family }) => family === 6);
  const [first] = newer;
  if (first === undefined) {
    return [];
  }
  const older = prefixes.find(({ family }) => family === 4);
  const given = inWords(newer.map(({ text }) => text));
  const path = `clientPrefixes[${first.place}]`;
  return older === undefined
    ? [diagnostic("KMS2118", "warning", path, { given })]
    : [diagnostic("KMS2117", "error", path, { given, other: older.text })];
}

function overlapDiagnostics(prefixes: ClientPrefix[]): Diagnostic[] {
  const faults = overlapsOf(prefixes).map(({ outer, inner }): Fault => {
    const inside = inner.map((at) => prefixes[at]);
    const whole = prefixes[outer];
    const reason = inside.every(({ length }) => length === whole.length)
      ? `${whole.text} is listed ${inside.length + 1} times`
      : `${inWords(inside.map(({ text }) => text))} ${inside.length === 1 ? "lies" : "lie"} inside ${whole.text}`;
    const them = inside.length === 1 ? "it" : "them";
    return { path: `clientPrefixes[${inside[0].place}]`, values: { reason, outer: whole.text, them } };
  });
  return alikeDiagnostics("KMS2119", "error", faults);
}
