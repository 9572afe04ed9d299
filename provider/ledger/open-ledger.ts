import { homedir } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Environment } from "../azure/cloud";
import { KmsError } from "../errors/kms-error";
import type * as AzureBlobStore from "./azure-blob-store";
import type * as FileStore from "./file-store";
import { accountFormat, shownLedger } from "./shown-ledger";
import type { LedgerStore } from "./store";

/** Where relative folders start, and how storage accounts are opened. */
export interface LedgerSurroundings {
  /** @default - the working directory of the process */
  folder?: string;
  /** @default - the environment variables of the process */
  env?: Environment;
}

const fileScheme = "file://";
const blobScheme = "azblob://";

/** Lengths and characters are Azure's. Source: learn.microsoft.com, naming rules for Azure resources, Microsoft.Storage. */
const containerFormat = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The ledger that a URL names, in the form of Pulumi's own state backends: `file://FOLDER` or
 * `azblob://CONTAINER?storage_account=NAME`, if need be with `&prefix=FOLDER`. Nothing is read or written yet.
 * @throws KmsError KMS6001
 */
export function openLedger(url: string, surroundings: LedgerSurroundings = {}): LedgerStore {
  const shown = shownLedger(url);
  if (url.startsWith(fileScheme)) {
    const folder = folderOf(url, surroundings.folder ?? process.cwd());
    return lazyStore(url, () => (require("./file-store") as typeof FileStore).fileStore(shown, folder));
  }
  if (url.startsWith(blobScheme)) {
    const location = { url: shown, ...blobLocation(url) };
    const env = surroundings.env ?? process.env;
    return lazyStore(url, () =>
      (require("./azure-blob-store") as typeof AzureBlobStore).azureBlobStore(location, env),
    );
  }
  throw notALedger(url, "it begins with neither file:// nor azblob://");
}

/**
 * The URL of a ledger that names the same place for every program: with an absolute folder, and with the storage account.
 * @throws KmsError KMS6001
 */
export function absoluteLedger(url: string, surroundings: LedgerSurroundings = {}): string {
  if (url.startsWith(fileScheme)) {
    return pathToFileURL(folderOf(url, surroundings.folder ?? process.cwd())).href;
  }
  const { container, account, prefix } = blobLocation(url);
  const owner = account ?? (surroundings.env ?? process.env).AZURE_STORAGE_ACCOUNT;
  const parameters = [owner && `storage_account=${owner}`, prefix && `prefix=${encodeURIComponent(prefix)}`];
  const query = parameters.filter(Boolean).join("&");
  return `${blobScheme}${container}${query && `?${query}`}`;
}

/** Whether a URL names a folder that depends on where a process runs. */
export const isRelative = (url: string) =>
  url.startsWith(fileScheme) && folderOf(url, "/one") !== folderOf(url, "/other");

function folderOf(url: string, base: string): string {
  const given = decoded(url.slice(fileScheme.length));
  if (given === "") {
    throw notALedger(url, "it names no folder");
  }
  const atHome = /^~(?=[\\/]|$)/.test(given) ? `${homedir()}${given.slice(1)}` : given;
  const withDrive = /^\/[A-Za-z]:/.test(atHome) && process.platform === "win32" ? atHome.slice(1) : atHome;
  return resolve(base, withDrive);
}

/** A URL has a space as `%20`; a folder whose name has a per cent sign of its own may be given as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no URL encoding, so that the sign stands for itself
  }
}

/** A store whose libraries are loaded on first use: loading takes time, and most runs need none. */
function lazyStore(url: string, open: () => LedgerStore): LedgerStore {
  let opened: LedgerStore | undefined;
  const store = () => (opened ??= open());
  return {
    url,
    read: async (...key) => store().read(...key),
    write: async (...change) => store().write(...change),
    holder: async (keyFingerprint) => store().holder?.(keyFingerprint),
  };
}

function blobLocation(url: string): { container: string; account?: string; prefix: string } {
  const [container = "", query = ""] = url.slice(blobScheme.length).split("?", 2);
  if (!containerFormat.test(container)) {
    throw notALedger(url, `"${container}" is not the name of a container`);
  }
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()];
  const unknown = names.find((name) => name !== "storage_account" && name !== "prefix");
  if (unknown !== undefined) {
    throw notALedger(url, `it has the unknown parameter ${unknown}`);
  }
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) {
    throw notALedger(url, `it has the parameter ${twice} twice`);
  }
  const account = parameters.get("storage_account") ?? undefined;
  if (account !== undefined && !accountFormat.test(account)) {
    throw notALedger(url, `"${account}" is not the name of a storage account`);
  }
  return { container, account, prefix: (parameters.get("prefix") ?? "").replace(/^\/+|\/+$/g, "") };
}

const notALedger = (url: string, reason: string) =>
  new KmsError("KMS6001", { values: { given: shownLedger(url), reason } });

/** Where the ledger is when nothing names it: beside the program. */
export const besideTheProgram = "file://./kms-ledger";

/**
 * The ledger's URL: in the lab the lab's own, so that no simulated activation is counted elsewhere; else the one given, else
 * the environment's, else a folder beside the program.
 */
export function ledgerUrl(given: string, env: Environment = process.env): string {
  return env.PULUMI_WINDOWS_KMS_LAB_LEDGER || given || env.PULUMI_WINDOWS_KMS_LEDGER || besideTheProgram;
}
