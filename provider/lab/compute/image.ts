import { ArmError } from "../arm/arm-error";
import { type JsonObject, textOf } from "../arm/json";
import type { LabClock } from "../windows/clock";
import images from "./images.json";

/** What a machine is that was made from a marketplace image; the schema beside the data says more. */
export interface MachineImage {
  publisher: string;
  offer: string;
  skus: string;
  osName: string;
  osBuild: string;
  editionId: string;
  productType: 1 | 2 | 3;
  serverFeatures: boolean;
  /** None for an edition whose own KMS client key Microsoft does not publish. */
  setupKey?: string;
  trustedLaunch: boolean;
  managedRunCommand: boolean;
  deprecatedFrom?: string;
  deprecationSource?: string;
  source: string;
}

const rows = images as MachineImage[];

/** Gen1 images have no Trusted Launch; these names are Gen2. Source: facts on images, trusted-launch.md. */
const secondGeneration = /-g2$|gensecond|azure-edition|^win11-/i;

/** The name of an image of a gallery, or of a managed image; undefined for one of the marketplace. */
const ownName = ({ id }: JsonObject): string | undefined =>
  /\/providers\/Microsoft\.Compute\/(?:galleries\/[^/]+\/)?images\/([^/]+)(?:\/versions\/[^/]+)?$/i.exec(
    textOf(id) ?? "",
  )?.[1];

/** An image of one's own is made from the one of the marketplace whose SKU it is named after. */
function findOwnImage(name: string): MachineImage {
  const image = rows.find((row) => new RegExp(`^(?:${row.skus})$`, "i").test(name));
  if (image === undefined) {
    throw new ArmError(404, "NotFound", `The gallery image '${name}' is not available.`, "imageReference");
  }
  return image;
}

/** @throws ArmError 404 when the lab has no such image */
export function findMachineImage(reference: JsonObject): MachineImage {
  const own = ownName(reference);
  if (own !== undefined) {
    return findOwnImage(own);
  }
  const [publisher, offer, sku, version] = ["publisher", "offer", "sku", "version"].map(
    (key) => textOf(reference[key]) ?? "",
  );
  const image = rows.find(
    (row) =>
      same(row.publisher, publisher) &&
      same(row.offer, offer) &&
      new RegExp(`^(?:${row.skus})$`, "i").test(sku),
  );
  if (image === undefined || version === "") {
    throw new ArmError(
      404,
      "PlatformImageNotFound",
      `The platform image '${publisher}:${offer}:${sku}:${version}' is not available. Verify that all fields in the storage profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile.`,
      "imageReference",
    );
  }
  return image;
}

/**
 * The image of a machine that is to be created. One that Azure has withdrawn still runs on machines that exist.
 * Source: MicrosoftDocs/azure-compute-docs deprecated-images.yml; the answer: Orange-Cyberdefense/GOAD#345.
 * @throws ArmError 404 when the lab has no such image, or a withdrawn one
 */
export function findDeployableImage(reference: JsonObject, clock: Pick<LabClock, "now">): MachineImage {
  const image = findMachineImage(reference);
  const { deprecatedFrom } = image;
  const isOfMarketplace = ownName(reference) === undefined;
  if (isOfMarketplace && deprecatedFrom !== undefined && clock.now() >= Date.parse(deprecatedFrom)) {
    const name = ["publisher", "offer", "sku", "version"].map((key) => textOf(reference[key])).join(":");
    throw new ArmError(
      404,
      "ImageVersionDeprecated",
      `The platform image '${name}' is deprecated.`,
      "imageReference",
    );
  }
  return image;
}

/** Whether an image can be deployed with Trusted Launch. */
export const hasTrustedLaunch = (image: MachineImage, reference: JsonObject) =>
  image.trustedLaunch && secondGeneration.test(ownName(reference) ?? textOf(reference.sku) ?? "");

/** Generation of the machines that an image makes. */
export const generationOf = (reference: JsonObject): 1 | 2 =>
  secondGeneration.test(ownName(reference) ?? textOf(reference.sku) ?? "") ? 2 : 1;

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
