import { type Command, Option } from "commander";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { KmsError } from "../errors/kms-error";
import { type LedgerDocument, type LedgerHost, openReservations } from "../ledger/document";
import { changeCurrentLedger, currentLedger } from "../ledger/moved";
import { type StatedOutcome, stateOutcome } from "../ledger/settlement";
import { shownLedger } from "../ledger/shown-ledger";
import { findHost } from "../ledger/transitions";
import { whoami } from "../ledger/who";
import { folderOfLedgers, isFolder, isUrl } from "./file-arguments";
import { officeGroup } from "../catalog/key-groups";
import { settleByLook } from "../host/forgotten";
import { settleByLeftAnswers } from "../host/left-behind";

interface SettleFlags {
  key?: string;
  machine?: string;
  azureVmId?: string;
  outcome?: StatedOutcome;
  reason?: string;
}

const outcomes: StatedOutcome[] = ["committed", "released", "unknown"];

/** Adds `ledger settle`. */
export function settleCommand(ledger: Command): void {
  ledger
    .command("settle")
    .description(
      "settle an activation whose outcome is not known and whose host no program has any more: by a look at its machine in Azure, or by what you state of it",
    )
    .argument(
      "<ledger>",
      "the document of a key in its ledger, or with --key the folder or the URL of a ledger",
    )
    .option("--key <fingerprint>", "the key's fingerprint, which is the name of its document")
    .option("--machine <name>", "computer name or machine ID, where the ledger has several open activations")
    .option("--azure-vm-id <id>", "Azure resource ID of the machine, where the ledger does not have it")
    .addOption(
      new Option("--outcome <outcome>", "state it: Microsoft granted it, it never began, or nobody knows")
        .choices(outcomes)
        .conflicts("azureVmId"),
    )
    .option("--reason <text>", "how you know, for the ledger's history")
    .action(settle);
}

async function settle(given: string, flags: SettleFlags, command: Command): Promise<void> {
  const { outcome, reason = "" } = flags;
  if ((outcome === undefined) !== (reason.trim() === "")) {
    command.error("--outcome and --reason belong together");
  }
  const { url, fingerprint } = documentOf(given, flags.key, command);
  const { host, document, at } = await openHost(url, fingerprint, flags.machine);
  const { keyFingerprint, keyEnding, keyGroup } = document;
  const { machineId, computerName, stack, resource } = host;
  const key = { keyFingerprint, keyEnding, keyGroup };
  const change = { at: new Date().toISOString(), who: whoami(), stack, resource };
  if (outcome !== undefined) {
    await changeCurrentLedger(at, key, (now) =>
      stateOutcome(now, change, machineId, { outcome, reason: reason.trim() }),
    );
  } else {
    await look(
      flags.azureVmId ?? host.azureVmId,
      { ledger: at, stack, name: resource, ...key, machineId },
      computerName,
    );
  }
  const settled = findHost((await currentLedger(at, fingerprint))!.document, machineId)!;
  const lines = openReservations(host).map(({ number }) => {
    const now = settled.activations[number - 1];
    return `activation ${number} of ${computerName}: ${now.outcome === "reserved" ? "still open" : now.outcome}`;
  });
  command.configureOutput().writeOut?.(`${lines.join("\n")}\n`);
}

async function look(
  azureVmId: string | undefined,
  entry: Parameters<typeof settleByLook>[0],
  computerName: string,
): Promise<void> {
  if (azureVmId === undefined) {
    const reason = "the ledger does not have its Azure resource ID";
    throw new KmsError("KMS9021", { values: { machine: computerName, reason } });
  }
  await settleByLeftAnswers({ name: computerName, azureVmId }, () => Promise.resolve([entry]));
  try {
    await settleByLook(entry, azureVmId, officeGroup(entry.keyGroup)?.activationId);
  } catch (error) {
    if (error instanceof KmsError && error.code.startsWith("KMS3")) {
      throw new KmsError("KMS9021", {
        values: { machine: computerName, reason: error.message },
        cause: error,
      });
    }
    throw error;
  }
}

/** The ledger and the key that the arguments name. */
function documentOf(
  given: string,
  key: string | undefined,
  command: Command,
): { url: string; fingerprint: string } {
  if (isUrl(given)) {
    return { url: given, fingerprint: key ?? command.error("the URL of a ledger needs --key as well") };
  }
  const file = path.resolve(given);
  if (isFolder(file)) {
    const fingerprint = key ?? command.error(`${given} names no key. ${folderOfLedgers(given)}`);
    return { url: pathToFileURL(file).href, fingerprint };
  }
  if (!existsSync(file)) {
    command.error(`there is no file ${file}`);
  }
  return { url: pathToFileURL(path.dirname(file)).href, fingerprint: key ?? path.basename(file, ".json") };
}

/** The one host of a ledger with an open activation, or that of the given name. */
async function openHost(
  url: string,
  fingerprint: string,
  machine: string | undefined,
): Promise<{ host: LedgerHost; document: LedgerDocument; at: string }> {
  const stored = await currentLedger(url, fingerprint);
  const open = (stored?.document.hosts ?? []).filter((host) => openReservations(host).length > 0);
  const isMeant = ({ computerName, machineId }: LedgerHost) =>
    machine === undefined || [computerName.toLowerCase(), machineId].includes(machine.toLowerCase());
  const meant = open.filter(isMeant);
  if (stored === undefined || meant.length !== 1) {
    const isOther = meant.length === 0 && machine !== undefined;
    const has = (isOther ? open : meant).map(
      ({ computerName, machineId }) => `${computerName} (${machineId})`,
    );
    const others =
      has.length === 0 ? "none" : `${isOther ? `none of ${machine}, but ` : ""}${has.join(", ")}`;
    const found = stored === undefined ? `it has no document of the key ${fingerprint}` : `it has ${others}`;
    throw new KmsError("KMS9020", { values: { place: shownLedger(url), found } });
  }
  return { host: meant[0], document: stored.document, at: stored.url };
}
