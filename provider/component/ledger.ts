import * as pulumi from "@pulumi/pulumi";
import { isProductKey, keyEnding, keyFingerprint } from "../catalog/product-key";
import { officeGroup } from "../catalog/key-groups";
import { isRunByAnother } from "../engine/sdk-internals";
import { KmsError } from "../errors/kms-error";
import { type DeclaredSpending, withDeclared } from "../ledger/declared";
import {
  activationsSpentBy,
  emptyLedger,
  type HostRemaining,
  type LedgerDocument,
  type LedgerHost,
  openReservations,
  remaining,
} from "../ledger/document";
import { besideTheProgram, isRelative, ledgerUrl, openLedger } from "../ledger/open-ledger";
import { shownLedger } from "../ledger/shown-ledger";
import { otherDeclaration } from "../ledger/transitions";
import { type Diagnostic, diagnostic, errorDiagnostic, listed } from "../rules/diagnostic";
import { type HostKey, isCreated, isReadOnly } from "../rules/facts";
import { holdsPath } from "../rules/paths";
import type { ProgramIndex } from "../rules/program-index";
import { isStackShared, stackName } from "./backend";

/**
 * URL of the ledger that counts a key: what the key says, else the stack's configuration, else the environment, else
 * the folder beside the program. In the lab the lab's own ledger goes before all of them.
 */
export const resolvedLedger = (given: string | undefined): string =>
  ledgerUrl(given ?? new pulumi.Config("windows-kms").get("ledger") ?? "");

/** Whether the lab's ledger goes before all others; its stacks are nobody else's. */
const isLab = () => Boolean(process.env.PULUMI_WINDOWS_KMS_LAB_LEDGER);

/**
 * At preview, what is left of each host key; said once for each key, on its first host. A ledger that cannot be read is
 * a warning here, and the update refuses to activate.
 */
export async function ledgerDiagnostics(
  keys: readonly HostKey[],
  program: ProgramIndex,
): Promise<Diagnostic[]> {
  const first = keys.filter(({ host, path, productKey }) => {
    if (holdsPath(host.unknown, `${path}.ledger`)) {
      return false;
    }
    const holders = isProductKey(productKey) ? program.hostKeys(productKey) : [];
    return holders.find((holder) => !isReadOnly(holder.host))?.host === host;
  });
  const holders = ({ productKey }: HostKey) => program.hostKeys(productKey);
  const local = first.flatMap(localDiagnostics);
  const readable = first.filter(({ ledger }) => wrongLedger(resolvedLedger(ledger)) === undefined);
  const lookAt = (key: HostKey) => keyDiagnostics(key, holders(key), program);
  return pulumi.runtime.isDryRun()
    ? [...local, ...(await Promise.all(readable.map(lookAt))).flat()]
    : local.filter(({ severity }) => severity === "error");
}

/**
 * A ledger that is a folder which the next update may not find: of another working folder, or of this machine while others
 * update the stack from elsewhere. The latter is an error where nobody named it. Said in the update as well, for a preview
 * may have been skipped.
 */
function localDiagnostics({ path, ledger }: HostKey): Diagnostic[] {
  const url = resolvedLedger(ledger);
  const wrong = wrongLedger(url);
  if (wrong !== undefined) {
    return [{ ...errorDiagnostic(wrong), path: `${path}.ledger` }];
  }
  if (!url.startsWith("file:") || isLab()) {
    return [];
  }
  if (isRelative(url) && isRunByAnother(process.env)) {
    return [diagnostic("KMS6028", "error", `${path}.ledger`, { given: shownLedger(url) })];
  }
  if (!isStackShared()) {
    return [];
  }
  const severity = url === besideTheProgram ? "error" : "warning";
  return [diagnostic("KMS6022", severity, `${path}.ledger`, { given: shownLedger(url) })];
}

/** Why a URL names no ledger, wherever it is from: the program, the stack's configuration or the environment. */
function wrongLedger(url: string): KmsError | undefined {
  try {
    openLedger(url);
    return undefined;
  } catch (error) {
    if (error instanceof KmsError) {
      return error;
    }
    throw error;
  }
}

async function keyDiagnostics(
  key: HostKey,
  holders: readonly HostKey[],
  program: ProgramIndex,
): Promise<Diagnostic[]> {
  const { path, productKey } = key;
  const ending = keyEnding(productKey);
  const fingerprint = keyFingerprint(productKey);
  const url = resolvedLedger(key.ledger);
  try {
    const stored = await openLedger(url).read(fingerprint);
    if (stored?.document.movedTo !== undefined) {
      const to = stored.document.movedTo;
      return [
        diagnostic("KMS6025", "error", `${path}.ledger`, { url: shownLedger(url), to: shownLedger(to) }),
      ];
    }
    const keyGroup = key.keyGroup ?? (key.office && officeGroup(key.office)?.name) ?? "";
    const empty = emptyLedger({ keyFingerprint: fingerprint, keyEnding: ending, keyGroup });
    const present = stored?.document ?? empty;
    const declared = declaredBy(key);
    const other =
      declared.activationsSpent && otherDeclaration(present, stackName(), declared.activationsSpent);
    const conflicts =
      other === undefined ? [] : [diagnostic("KMS6015", "error", `${path}.activationsSpent`, other)];
    const change = { at: new Date().toISOString(), who: "", stack: stackName(), resource: key.host.name };
    const { hostLimitException } = declared;
    const document = withDeclared(present, change, other === undefined ? declared : { hostLimitException });
    const { hostsLeft, hostLimit: allowed, hosts } = remaining(document);
    const counted = holders.map((holder) => countedAs(holder, document, holders));
    counted.forEach((one) => learnNames(one, program));
    const { first, tooMany } = firstActivations(counted, hostsLeft);
    // Where the program alone has more hosts than the key activates, KMS2101 says so.
    const isSaid = holders.filter(({ host }) => !isReadOnly(host)).length > allowed;
    const left = diagnostic("KMS6020", tooMany && !isSaid ? "warning" : "info", `${path}.productKey`, {
      ending,
      given: hostsLeft,
      allowed,
      first,
      empty: stored === undefined ? emptyInWords(url) : "",
    });
    return [
      ...conflicts,
      ...fewReactivations(hosts, key),
      ...openActivations(stored?.document.hosts ?? [], key, holders),
      left,
    ];
  } catch (error) {
    if (error instanceof KmsError) {
      return [diagnostic("KMS6023", "warning", `${path}.ledger`, { reason: error.message })];
    }
    throw error;
  }
}

/** Hosts of a key that can be reactivated a few times only. */
const fewReactivations = (hosts: readonly HostRemaining[], { path, productKey }: HostKey): Diagnostic[] =>
  hosts
    .filter(({ runsLow }) => runsLow)
    .map(({ computerName, reactivationsLeft }) =>
      diagnostic("KMS6021", "warning", `${path}.productKey`, {
        machine: computerName,
        given: reactivationsLeft,
        ending: keyEnding(productKey),
      }),
    );

/** Activations of a key whose outcome is not known yet. */
const openActivations = (
  hosts: readonly LedgerHost[],
  { path, productKey }: HostKey,
  holders: readonly HostKey[],
): Diagnostic[] =>
  hosts.flatMap((host) =>
    openReservations(host).map(({ number, at }) =>
      diagnostic("KMS6024", "warning", `${path}.productKey`, {
        given: number,
        machine: host.computerName,
        ending: keyEnding(productKey),
        at,
        resource: host.resource,
        stack: host.stack,
        settled: settledBy(host, holders),
      }),
    ),
  );

/** A ledger that has just been named may get what a host has been counted in before, which only the stored state names. */
const emptyInWords = (url: string) =>
  url === besideTheProgram || isLab()
    ? ""
    : ` ${shownLedger(url)} has nothing of this key yet: a host that another ledger counts is not activated anew, and brings everything along that was spent there.`;

const settleCommand = "`npx pulumi-windows-kms ledger settle`";

/** What settles an open activation, in a sentence. */
function settledBy({ resource, stack, azureVmId }: LedgerHost, holders: readonly HostKey[]): string {
  if (stack !== stackName()) {
    return `An update of that stack reads it off the machine's own record; if the host is not in its program any more, use ${settleCommand}.`;
  }
  if (holders.some(({ host }) => host.name === resource)) {
    return `The next update of ${resource}, or a refresh, reads it off the machine's own record.`;
  }
  const gone = `${resource} does not have this key in the program any more`;
  return azureVmId === undefined
    ? `${gone}, and its machine is not in Azure: say what became of it with ${settleCommand}.`
    : `${gone}: the next update of a host of this key looks at its machine, as does ${settleCommand}; after two hours, what has not begun by then is revoked.`;
}

/** What the key declares, as far as it is complete. */
function declaredBy({ activationsSpent = {}, hostLimitException = {} }: HostKey): DeclaredSpending {
  const { hosts, activations } = activationsSpent;
  const { hosts: granted, reference = "" } = hostLimitException;
  return {
    ...(hosts !== undefined && activations !== undefined && { activationsSpent: { hosts, activations } }),
    ...(granted !== undefined && { hostLimitException: { hosts: granted, reference } }),
  };
}

/** What a ledger has of a host. */
interface CountedHost {
  key: HostKey;
  /** Its entry. */
  entry?: LedgerHost;
  /** Without one, entries that may be the host's if its resource, or its stack, had another name before. */
  former: LedgerHost[];
}

function countedAs(key: HostKey, { hosts }: LedgerDocument, holders: readonly HostKey[]): CountedHost {
  const stack = stackName();
  const { name } = key.host;
  const active = hosts.filter((one) => one.retiredAt === undefined && activationsSpentBy(one) > 0);
  const entry = active.find((one) => one.stack === stack && one.resource === name);
  const isDeclared = ({ resource }: LedgerHost) => holders.some(({ host }) => host.name === resource);
  const mayBe = (one: LedgerHost) => (one.stack === stack ? !isDeclared(one) : one.resource === name);
  return { key, entry, former: entry === undefined && isCreated(key.host) ? active.filter(mayBe) : [] };
}

/** Tells the program the names of a created machine, which stay when its resource is renamed. */
function learnNames({ key: { host }, entry, former }: CountedHost, program: ProgramIndex): void {
  if (isCreated(host)) {
    program.seeHost(host, {
      ...(entry !== undefined && { computerName: entry.computerName }),
      ...(former.length > 0 && { formerNames: former.map(({ computerName }) => computerName) }),
    });
  }
}

/**
 * Which hosts the update activates with the key for the first time, and what that leaves of it, in words. Too many are no
 * certain failure: a host may be counted under a former name.
 */
function firstActivations(
  counted: readonly CountedHost[],
  hostsLeft: number,
): { first: string; tooMany: boolean } {
  const first = counted.filter(
    ({ key, entry }) => isActivatedBy(key) && !isReadOnly(key.host) && entry === undefined,
  );
  if (first.length === 0) {
    return { first: "", tooMany: false };
  }
  const names = listed(first.map(({ key }) => key.host.name));
  const left = hostsLeft - first.length;
  const refused = `which is ${-left} too many: the update refuses ${left === -1 ? "it" : "them"}`;
  const enough = left < 0 ? refused : `which leaves ${left}`;
  const former = new Set(
    first.flatMap((one) => one.former.map(({ resource, stack }) => `${resource} of the stack ${stack}`)),
  );
  const unless = [
    ...(first.every(({ key }) => isCreated(key.host)) ? [] : ["the machine is activated already"]),
    ...(former.size === 0 ? [] : [`the ledger counts it already by a former name: ${listed([...former])}`]),
  ];
  const known = unless.length === 0 ? "" : `, unless ${unless.join(", or ")}`;
  const text = `; the update activates ${names} with it for the first time, ${enough}${known}`;
  return { first: text, tooMany: left < 0 };
}

/** Whether the package activates a key: one of Office by its own argument, that of Windows by the host's. */
const isActivatedBy = ({ host, path, ...key }: HostKey) =>
  (path === "key" ? host.args.activation : (key as { activation?: string }).activation) !== "none";
