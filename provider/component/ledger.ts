import * as pulumi from "@pulumi/pulumi";
import { isProductKey, keyEnding, keyFingerprint } from "../catalog/product-key";
import { officeGroup } from "../catalog/key-groups";
import { KmsError } from "../errors/kms-error";
import { withDeclared } from "../ledger/declared";
import {
  activationsSpentBy,
  emptyLedger,
  type LedgerDocument,
  openReservations,
  remaining,
} from "../ledger/document";
import { ledgerUrl, openLedger } from "../ledger/open-ledger";
import { type Diagnostic, diagnostic, listed } from "../rules/diagnostic";
import { type HostKey, isCreated, isReadOnly } from "../rules/facts";
import { holdsPath } from "../rules/paths";
import type { ProgramIndex } from "../rules/program-index";

/**
 * URL of the ledger that counts a key: what the key says, else the stack's configuration, else the environment, else
 * the folder beside the program. In the lab the lab's own ledger goes before all of them.
 */
export const resolvedLedger = (given: string | undefined): string =>
  ledgerUrl(given ?? new pulumi.Config("windows-kms").get("ledger") ?? "");

/**
 * At preview, what is left of each host key; said once for each key, on its first host. A ledger that cannot be read is
 * a warning here, and the update refuses to activate.
 */
export async function ledgerDiagnostics(
  keys: readonly HostKey[],
  program: ProgramIndex,
): Promise<Diagnostic[]> {
  if (!pulumi.runtime.isDryRun()) {
    return [];
  }
  const first = keys.filter(({ host, path, productKey }) => {
    if (holdsPath(host.unknown, `${path}.ledger`)) {
      return false;
    }
    const holders = isProductKey(productKey) ? program.hostKeys(productKey) : [];
    return holders.find((holder) => !isReadOnly(holder.host))?.host === host;
  });
  const holders = ({ productKey }: HostKey) => program.hostKeys(productKey);
  return (await Promise.all(first.map((key) => keyDiagnostics(key, holders(key))))).flat();
}

async function keyDiagnostics(key: HostKey, holders: readonly HostKey[]): Promise<Diagnostic[]> {
  const { path, productKey } = key;
  const ending = keyEnding(productKey);
  const fingerprint = keyFingerprint(productKey);
  const url = resolvedLedger(key.ledger);
  const local = url.startsWith("file:") && isSharedBackend(organization(), process.env);
  const shared = local ? [diagnostic("KMS6022", "warning", `${path}.ledger`, { given: url })] : [];
  try {
    const stored = await openLedger(url).read(fingerprint);
    const keyGroup = key.keyGroup ?? (key.office && officeGroup(key.office)?.name) ?? "";
    const empty = emptyLedger({ keyFingerprint: fingerprint, keyEnding: ending, keyGroup });
    const document = withDeclared(stored?.document ?? empty, key);
    const { hostsLeft, hostLimit: allowed, hosts } = remaining(document);
    const low = hosts
      .filter(({ runsLow }) => runsLow)
      .map(({ computerName, reactivationsLeft }) =>
        diagnostic("KMS6021", "warning", `${path}.productKey`, {
          machine: computerName,
          given: reactivationsLeft,
          ending,
        }),
      );
    const open = (stored?.document.hosts ?? []).flatMap((host) =>
      openReservations(host).map(({ number, at }) =>
        diagnostic("KMS6024", "warning", `${path}.productKey`, {
          given: number,
          machine: host.computerName,
          ending,
          at,
          resource: host.resource,
          stack: host.stack,
        }),
      ),
    );
    const left = diagnostic("KMS6020", "info", `${path}.productKey`, {
      ending,
      given: hostsLeft,
      allowed,
      first: firstActivations(holders, document, hostsLeft),
    });
    return [...shared, ...low, ...open, left];
  } catch (error) {
    if (error instanceof KmsError) {
      return [...shared, diagnostic("KMS6023", "warning", `${path}.ledger`, { reason: error.message })];
    }
    throw error;
  }
}

/** Which hosts the update activates with the key for the first time, and what that leaves of it, in words. */
function firstActivations(holders: readonly HostKey[], document: LedgerDocument, hostsLeft: number): string {
  const stack = stackName();
  const isCounted = ({ host }: HostKey) =>
    document.hosts.some(
      (entry) =>
        entry.stack === stack &&
        entry.resource === host.name &&
        entry.retiredAt === undefined &&
        activationsSpentBy(entry) > 0,
    );
  const first = holders.filter((key) => isActivatedBy(key) && !isReadOnly(key.host) && !isCounted(key));
  if (first.length === 0) {
    return "";
  }
  const names = listed(first.map(({ host }) => host.name));
  const left = hostsLeft - first.length;
  const enough = left < 0 ? `which is ${-left} too many` : `which leaves ${left}`;
  const known = first.every(({ host }) => isCreated(host)) ? "" : ", unless the machine is activated already";
  return `; the update activates ${names} with it for the first time, ${enough}${known}`;
}

/** Whether the package activates a key: one of Office by its own argument, that of Windows by the host's. */
const isActivatedBy = ({ host, path, ...key }: HostKey) =>
  (path === "key" ? host.args.activation : (key as { activation?: string }).activation) !== "none";

/** The stack as ledgers name it. */
export const stackName = () => `${organization()}/${pulumi.getProject()}/${pulumi.getStack()}`;

/** Name that Pulumi gives where the backend has no organizations. Source: pulumi.getOrganization. */
export const withoutOrganizations = "organization";

/**
 * The organization of the stack. Pulumi refuses to tell it in most unit tests with `pulumi.runtime.setMocks`, which
 * name none.
 */
export function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return withoutOrganizations;
  }
}

/** Backends of Pulumi's own that one machine has for itself. */
const localBackend = /^file:/;

/** Whether others can update the stack from elsewhere: Pulumi's service, or a bucket. */
export function isSharedBackend(owner: string, env: NodeJS.ProcessEnv): boolean {
  const backend = env.PULUMI_BACKEND_URL;
  return backend === undefined ? owner !== withoutOrganizations : !localBackend.test(backend);
}
