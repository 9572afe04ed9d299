import { KmsError } from "../errors/kms-error";
import names from "./data/image-names.json";
import data from "./data/images.json";
import { findEdition, findOperatingSystem } from "./operating-systems";

/** An image of the Azure Marketplace. */
export interface Image {
  os: string;
  edition: string;
  /** Server Core instead of the desktop. */
  core: boolean;
  /** With a disk of about 30 GB instead of 127 GB. */
  smallDisk: boolean;
  publisher: string;
  offer: string;
  sku: string;
  version: string;
  trustedLaunch: boolean;
  /** Whether Azure supports managed run commands on it. */
  managedRunCommand: boolean;
  /** Day from which Azure refuses new machines from it, ISO 8601 date; machines that exist run on. */
  deprecatedFrom?: string;
  /** Page that says so. */
  deprecationSource?: string;
  /** Whether no page was found that prints the SKU; the source stands for the rest. */
  unconfirmed?: boolean;
  source: string;
}

/** What images of the Azure Marketplace are, by a pattern of their SKUs. */
interface ImageName {
  publisher: string;
  sku: string;
  os: string;
  edition: string;
  source: string;
}

/** What distinguishes the images of one operating system. */
interface ImageChoice {
  edition: string;
  core?: boolean;
  smallDisk?: boolean;
}

const rows = data as Image[];

/** All images. */
export function images(): readonly Image[] {
  return rows;
}

/**
 * The image of an operating system's edition.
 * @throws KmsError KMS1202 when the Azure Marketplace has none
 */
export function findImage(os: string, choice: ImageChoice): Image {
  const { edition, core = false, smallDisk = false } = choice;
  const known = findEdition(os, edition);
  const image = rows.find(
    (row) =>
      row.os === known?.os.name &&
      row.edition === known.edition.name &&
      row.core === core &&
      row.smallDisk === smallDisk,
  );
  if (image !== undefined) {
    return image;
  }
  const given = description({ os, edition, core, smallDisk });
  throw new KmsError("KMS1202", { property: "os", values: { given, allowed: allowedFor(os, smallDisk) } });
}

/** The images of the same operating system; of all when it has none. */
function allowedFor(os: string, smallDisk: boolean): string {
  const name = findOperatingSystem(os)?.name;
  const own = rows.filter((row) => row.os === name && row.smallDisk === smallDisk);
  return own.length > 0
    ? own.map(description).join("; ")
    : [...new Set(rows.map((row) => row.os))].join("; ");
}

function description({
  os,
  edition,
  core,
  smallDisk,
}: Pick<Image, "os" | "edition" | "core" | "smallDisk">): string {
  return `${os} ${edition}${core ? " Server Core" : ""}${smallDisk ? " with a small disk" : ""}`;
}

const patterns = (names as ImageName[]).map((row) => ({ ...row, pattern: new RegExp(row.sku, "i") }));

/** Operating system and edition of any image of Windows in the Azure Marketplace, by its name; undefined for others. */
export function findNamedImage(publisher: string, sku: string): { os: string; edition: string } | undefined {
  const found = patterns.find(
    (row) => row.publisher.toLowerCase() === publisher.toLowerCase() && row.pattern.test(sku),
  );
  return found && { os: found.os, edition: found.edition };
}
