import assert from "node:assert/strict";
import { type AzureResource, validate } from "../../provider";
import { createdHost, createdServers, idOf, subnet, virtualNetwork } from "./azure-program";
import { expectDiagnostics } from "./expect";

const definitionId =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp/images/ws2022";
const compute = (kind: string, name: string, args: object): AzureResource => ({
  type: `azure-native:compute:${kind}`,
  name,
  args: { resourceGroupName: "rg", ...args },
});
const definition = (args: object = {}) =>
  compute("GalleryImage", "ws2022", {
    galleryName: "corp",
    galleryImageName: "ws2022",
    osType: "Windows",
    osState: "Generalized",
    hyperVGeneration: "V2",
    features: [{ name: "SecurityType", value: "TrustedLaunchSupported" }],
    ...args,
  });
const version = (...regions: string[]) =>
  compute("GalleryImageVersion", "ws2022-1", {
    galleryName: "corp",
    galleryImageName: "ws2022",
    galleryImageVersionName: "1.0.0",
    location: regions[0],
    publishingProfile: { targetRegions: regions.map((name) => ({ name })) },
  });
const create = {
  resourceGroupName: "rg",
  adminPassword: "correct horse 7 battery",
  subnetId: idOf.subnet("hosts"),
};

/** What is said of a host that is made from an image, in a network in West Europe. */
const of = (
  resources: AzureResource[],
  image: object = { id: `${definitionId}/versions/1.0.0` },
  location?: string,
) =>
  validate({
    hosts: { kms: createdHost({ machine: { create: { ...create, location, image } } }) },
    resources: [virtualNetwork({ location: "westeurope" }), subnet("hosts"), ...resources],
  });

describe("N04: images of the program that its machines cannot use", () => {
  it("are fine in a gallery with a replica in the region of the machine or its network", () => {
    assert.deepEqual(of([definition(), version("northeurope", "West Europe")]), []);
    assert.deepEqual(of([definition(), version("northeurope", "West Europe")], undefined, "westeurope"), []);
    assert.deepEqual(of([definition()], { id: definitionId }), []);
    assert.deepEqual(
      of([definition({ features: undefined })], { id: definitionId, trustedLaunch: false }),
      [],
    );
  });

  // Source: https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries
  it("are named where the version has no replica in the region", () => {
    expectDiagnostics(of([definition(), version("northeurope", "swedencentral")]), [
      "error",
      "KMS2143",
      "kms",
      /machine\.create\.image\.id: the image "ws2022-1" has no replica in westeurope.* its regions are northeurope and swedencentral/,
      /Add westeurope to the targetRegions/,
    ]);
  });

  it("are named where the definition is of Linux or specialized, also behind a version", () => {
    expectDiagnostics(of([definition({ osType: "Linux" }), version("westeurope")]), [
      "error",
      "KMS2143",
      "kms",
      /the image "ws2022" is one of Linux/,
    ]);
    expectDiagnostics(of([definition({ osState: "Specialized" })], { id: definitionId }), [
      "error",
      "KMS2143",
      "kms",
      /is specialized.*Sysprep/,
    ]);
  });

  // Source: https://learn.microsoft.com/azure/virtual-machines/trusted-launch-portal
  it("are named where they and Trusted Launch do not go together", () => {
    const security = (value: string) => definition({ features: [{ name: "SecurityType", value }] });
    const faults = (image: AzureResource, trustedLaunch?: boolean) =>
      of([image], { id: definitionId, trustedLaunch }).map(({ severity, code }) => `${severity} ${code}`);
    assert.deepEqual(faults(definition({ hyperVGeneration: "V1", features: undefined })), ["error KMS2143"]);
    assert.deepEqual(faults(definition({ hyperVGeneration: "V1" }), false), []);
    assert.deepEqual(faults(security("TrustedLaunch"), false), ["error KMS2143"]);
    assert.deepEqual(faults(security("TrustedLaunch")), []);
    assert.deepEqual(faults(definition({ features: undefined })), ["warning KMS2143"]);
    assert.deepEqual(
      faults(definition({ features: undefined, hyperVGeneration: undefined })),
      [],
      "not known",
    );
  });

  it("are managed images of one region", () => {
    const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/gold";
    const image = (location: string) => compute("Image", "gold", { imageName: "gold", location });
    assert.deepEqual(of([image("westeurope")], { id, trustedLaunch: false }), []);
    expectDiagnostics(of([image("northeurope")], { id, trustedLaunch: false }), [
      "error",
      "KMS2143",
      "kms",
      /the image "gold" is in northeurope, and the machines are created in westeurope/,
    ]);
  });

  it("are looked at for members as well", () => {
    const servers = createdServers({
      azureKms: true,
      machines: {
        create: { ...create, count: 6, subnetId: idOf.subnet("web"), image: { id: definitionId } },
      },
    });
    const found = validate({
      groups: { web: servers },
      resources: [virtualNetwork(), subnet("web"), definition({ osState: "Specialized" })],
    });
    assert.deepEqual(
      found.map(({ code, path }) => `${code} ${path}`),
      ["KMS2143 machines.create.image.id"],
    );
  });
});
