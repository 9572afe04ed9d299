import { isWithin, matchesRule } from "../../catalog/azure-rules";
import { type AzureRefusal, refusedUnless } from "./refusal";

/** What a machine is created with. */
export interface MachineHardware {
  size: string;
  osDiskType?: string;
  /** Whether it is created with Trusted Launch. */
  trustedLaunch: boolean;
  /** Generation of its image. */
  generation: 1 | 2;
  /** Whether its image may be one for Arm. @default false */
  mayBeArm?: boolean;
}

/** Whether an image may be one for Arm: one known by its ID alone, or one that says so. */
export const mayBeArm = ({ id, sku = "" }: { id?: string; sku?: string }): boolean =>
  id !== undefined || /arm64/i.test(sku);

/** Why Azure refuses a size for a Windows machine. */
export function sizeRefusal({
  size,
  osDiskType = "",
  trustedLaunch,
  generation,
  mayBeArm: arm = false,
}: MachineHardware): AzureRefusal | undefined {
  return (
    refusedUnless(matchesRule("sizeForm", size), "sizeForm", "it does not have the form of a size") ??
    refusedUnless(
      arm || !matchesRule("sizeArchitecture", size),
      "sizeArchitecture",
      "it has Arm processors, and the image is for x64",
    ) ??
    refusedUnless(
      !(trustedLaunch && matchesRule("sizeTrustedLaunch", size)),
      "sizeTrustedLaunch",
      "it does not support Trusted Launch, which the machine is created with",
    ) ??
    refusedUnless(
      !(generation === 2 && matchesRule("sizeGeneration", size)),
      "sizeGeneration",
      "it does not boot images of generation 2, which the image is",
    ) ??
    refusedUnless(
      !(/^premium/i.test(osDiskType) && matchesRule("sizePremium", size)),
      "sizePremium",
      `it takes no ${osDiskType} disk`,
    )
  );
}

/** Why Azure refuses a number of instances. */
export const capacityRefusal = (capacity: number): AzureRefusal | undefined =>
  refusedUnless(isWithin("scaleSetCapacity", capacity), "scaleSetCapacity", `the capacity is ${capacity}`);

/** Why Azure refuses an image for a machine with Trusted Launch: one known by its ID, or by its SKU in the marketplace. */
export const imageRefusal = (
  { id = "", sku = "" }: { id?: string; sku?: string },
  trustedLaunch: boolean,
): AzureRefusal | undefined =>
  refusedUnless(
    !(trustedLaunch && matchesRule("imageTrustedLaunch", id)),
    "imageTrustedLaunch",
    "this is a managed image",
  ) ??
  refusedUnless(
    !(trustedLaunch && id === "" && matchesRule("imageGeneration", sku)),
    "imageGeneration",
    "this is an image of generation 1",
  );
