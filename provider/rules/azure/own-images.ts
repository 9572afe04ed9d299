import { plainRegion } from "../../catalog/azure-regions";
import type { CreateMachineValues } from "../args.generated";
import { type DeclaredResource, hasUnknown, objectsAt, stringAt } from "../azure-network/declared-resource";
import type { Place } from "../azure-network/program-network";
import { type Diagnostic, diagnostic, listed } from "../diagnostic";
import type { GroupFacts, HostFacts } from "../facts";
import { holdsPath } from "../paths";
import type { ProgramIndex } from "../program-index";
import { placeOfHost, placesOfGroup } from "../reachability";

/*
 * What Azure refuses of images that the program itself declares, for the machines that the package creates from them.
 * Source: learn.microsoft.com azure/virtual-machines/shared-image-galleries, trusted-launch, capture-image-resource.
 */

/** Of the image that a host's machine is created from. */
export const hostImageDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  imageDiagnostics(host, "machine.create", host.args.machine?.create, placeOfHost(host, index), index);

/** Of the images that a group's machines are created from. */
export function groupImageDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { create, scaleSet } = group.args.machines ?? {};
  const placeAt = (path: string) =>
    placesOfGroup(group, index).find((place) => place.path === `${path}.subnetId`);
  return [
    ...imageDiagnostics(group, "machines.create", create, placeAt("machines.create"), index),
    ...imageDiagnostics(group, "machines.scaleSet", scaleSet, placeAt("machines.scaleSet"), index),
  ];
}

const versionKind = "compute:GalleryImageVersion";
const definitionKinds = ["compute:GalleryImage", "compute:Image"];

function imageDiagnostics(
  { args, unknown, links = [] }: HostFacts | GroupFacts,
  path: string,
  create: CreateMachineValues | undefined,
  place: Place | undefined,
  { network: { all } }: ProgramIndex,
): Diagnostic[] {
  const idPath = `${path}.image.id`;
  const from = { values: args, unknown, links };
  const version = all.referred(from, idPath, versionKind);
  const image =
    typeof version === "object"
      ? all.referred(version, "galleryImageName", ...definitionKinds)
      : all.referred(from, idPath, ...definitionKinds);
  const network = typeof place?.subnet.network === "object" ? place.subnet.network : undefined;
  const isOpen = holdsPath(unknown, `${path}.location`);
  const location =
    create?.location ?? (isOpen || network === undefined ? undefined : stringAt(network, "location"));
  const trustedLaunch = holdsPath(unknown, `${path}.image.trustedLaunch`)
    ? undefined
    : (create?.image?.trustedLaunch ?? true);
  const fault =
    (typeof image === "object" ? definitionFault(image, trustedLaunch) : undefined) ??
    (typeof version === "object" ? versionRegionFault(version, location) : undefined) ??
    (typeof image === "object" ? imageRegionFault(image, location) : undefined);
  if (fault === undefined) {
    return [];
  }
  const { severity = "error", ...values } = fault;
  return [diagnostic("KMS2143", severity, idPath, values)];
}

interface ImageFault {
  image: string;
  reason: string;
  remedy: string;
  /** @default error */
  severity?: "warning";
}

function definitionFault(
  image: DeclaredResource,
  trustedLaunch: boolean | undefined,
): ImageFault | undefined {
  const at = (...paths: string[]) => paths.map((path) => stringAt(image, path)?.toLowerCase());
  const isOne = (value: string, ...paths: string[]) => at(...paths).includes(value);
  if (isOne("linux", "osType", "storageProfile.osDisk.osType")) {
    return { image: image.name, reason: "is one of Linux", remedy: "Specify an image of Windows." };
  }
  if (isOne("specialized", "osState", "storageProfile.osDisk.osState")) {
    return {
      image: image.name,
      reason:
        "is specialized, and Azure gives machines from it neither a name nor an administrator of their own",
      remedy: "Generalize the machine with Sysprep before it is captured, and declare osState Generalized.",
    };
  }
  // Of managed images, which Trusted Launch never supports, another rule tells.
  const isDefinition = image.type.endsWith(":GalleryImage");
  return trustedLaunch === undefined || !isDefinition ? undefined : securityFault(image, trustedLaunch);
}

/** Source: learn.microsoft.com azure/virtual-machines/trusted-launch-portal, Azure Compute Gallery image supported. */
function securityFault(image: DeclaredResource, trustedLaunch: boolean): ImageFault | undefined {
  const generation = stringAt(image, "hyperVGeneration")?.toLowerCase();
  const { objects, complete } = objectsAt(image, "features");
  const security = objects.find(({ value }) => String(value.name).toLowerCase() === "securitytype")?.value
    .value;
  const type = typeof security === "string" ? security.toLowerCase() : undefined;
  const off = "Set trustedLaunch of the image to false";
  if (trustedLaunch && generation === "v1") {
    const remedy = `${off}, or make the image from a machine of generation 2.`;
    return {
      image: image.name,
      reason: "is of generation 1, which Azure does not start with Trusted Launch",
      remedy,
    };
  }
  if (!trustedLaunch && type === "trustedlaunch") {
    const remedy = "Leave trustedLaunch of the image out.";
    return { image: image.name, reason: "is for Trusted Launch alone, which is switched off", remedy };
  }
  const isSupported = type !== undefined && type.startsWith("trustedlaunch");
  return trustedLaunch && generation === "v2" && complete && !hasUnknown(image, "features") && !isSupported
    ? {
        image: image.name,
        reason:
          "does not say that it supports Trusted Launch, without which Azure may refuse it for these machines",
        remedy: `Give it the feature SecurityType TrustedLaunchSupported. ${off} otherwise.`,
        severity: "warning",
      }
    : undefined;
}

/** A version can be used in the regions that have a replica of it. */
function versionRegionFault(version: DeclaredResource, location: string | undefined): ImageFault | undefined {
  const path = "publishingProfile.targetRegions";
  const { objects, complete } = objectsAt(version, path);
  const regions = objects.flatMap(({ value }) => (typeof value.name === "string" ? value.name : []));
  const isKnown = complete && regions.length > 0 && regions.length === objects.length;
  return location === undefined || !isKnown || hasUnknown(version, path) || has(regions, location)
    ? undefined
    : {
        image: version.name,
        reason: `has no replica in ${location}, where the machines are created; its regions are ${listed(regions)}`,
        remedy: `Add ${location} to the targetRegions of the version.`,
      };
}

/** A managed image is in one region. */
function imageRegionFault(image: DeclaredResource, location: string | undefined): ImageFault | undefined {
  const own = image.type.endsWith(":Image") ? stringAt(image, "location") : undefined;
  return location === undefined || own === undefined || has([own], location)
    ? undefined
    : {
        image: image.name,
        reason: `is in ${own}, and the machines are created in ${location}`,
        remedy: "Use a version in an Azure Compute Gallery, which has replicas in several regions.",
      };
}

const has = (regions: readonly string[], location: string) =>
  regions.some((region) => plainRegion(region) === plainRegion(location));
