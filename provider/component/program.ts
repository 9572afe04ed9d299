import * as pulumi from "@pulumi/pulumi";
import { setImmediate } from "node:timers/promises";
import { isProductKey, keyEnding, keyFingerprint } from "../catalog/product-key";
import { KmsError } from "../errors/kms-error";
import { emptyLedger, remaining } from "../ledger/document";
import { ledgerUrl, openLedger } from "../ledger/open-ledger";
import type { HostFacts } from "../rules/facts";
import { programIndex, type ProgramIndex } from "../rules/program-index";
import { diagnostic, type Diagnostic } from "../rules/diagnostic";

/** What is known of each program; several may run in one process, each with an engine connection of its own. */
const programs = new WeakMap<object, ProgramIndex>();
const withoutEngine = {};

/** The running program, as far as its resources are known. */
export function runningProgram(): ProgramIndex {
  const key = pulumi.runtime.getMonitor() ?? withoutEngine;
  const known = programs.get(key);
  if (known !== undefined) {
    return known;
  }
  const fresh = programIndex({ today: new Date().toISOString().slice(0, 10) });
  programs.set(key, fresh);
  return fresh;
}

/** Lets every resource of a program that is written in one go declare itself first. */
export async function programDeclared(): Promise<void> {
  await setImmediate();
}

/** Name that Pulumi gives where the backend has no organizations. Source: pulumi.getOrganization. */
export const withoutOrganizations = "organization";

/** The organization of the stack. Unit tests with `pulumi.runtime.setMocks` mostly name none, and Pulumi then refuses to tell it. */
export function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return withoutOrganizations;
  }
}

/**
 * At preview, what is left of a KMS host key, given under this path; said once for each key, on its first host. A ledger that cannot be read
 * is a warning here and a refusal in the update.
 */
export async function ledgerDiagnostics(
  host: HostFacts,
  given: string,
  program: ProgramIndex,
  path = "productKey",
): Promise<Diagnostic[]> {
  const { productKey, keyGroup } = host;
  if (!pulumi.runtime.isDryRun() || productKey === undefined || !isProductKey(productKey)) {
    return [];
  }
  if (program.hostKeys(productKey)[0]?.host.name !== host.name) {
    return [];
  }
  const url = ledgerUrl(given);
  const local = url.startsWith("file:") && isSharedBackend(organization(), process.env);
  const shared = local ? [diagnostic("KMS6022", "warning", "ledger", { given: url })] : [];
  const key = {
    keyFingerprint: keyFingerprint(productKey),
    keyEnding: keyEnding(productKey),
    keyGroup: keyGroup ?? "",
  };
  try {
    const stored = await openLedger(url).read(key.keyFingerprint);
    const { hostsLeft, hostLimit, hosts } = remaining(stored?.document ?? emptyLedger(key));
    const low = hosts
      .filter(({ runsLow }) => runsLow)
      .map(({ computerName, reactivationsLeft }) => {
        return diagnostic("KMS6021", "warning", path, {
          machine: computerName,
          given: reactivationsLeft,
          ending: key.keyEnding,
        });
      });
    const left = diagnostic("KMS6020", "info", path, {
      ending: key.keyEnding,
      given: hostsLeft,
      allowed: hostLimit,
    });
    return [...shared, ...low, left];
  } catch (error) {
    if (error instanceof KmsError) {
      return [...shared, diagnostic("KMS6023", "warning", "ledger", { reason: error.message })];
    }
    throw error;
  }
}

/** Backends of Pulumi's own that one machine has for itself. */
const localBackend = /^file:/;

/** Whether others can update the stack from elsewhere: Pulumi's service, or a bucket. */
export function isSharedBackend(owner: string, env: NodeJS.ProcessEnv): boolean {
  const backend = env.PULUMI_BACKEND_URL;
  return backend === undefined ? owner !== withoutOrganizations : !localBackend.test(backend);
}
