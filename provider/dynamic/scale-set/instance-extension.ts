import { ensureClientPlan } from "../../activation/client-plan";
import type { ClientWish, ConvertFrom } from "../../activation/client-wish";
import { type LicensingExtension, licensingExtension } from "../../machine/licensing-extension";
import { wishOf, type WishSettings } from "../group-wish";

/** What the extension is made from. */
export type ExtensionSettings = WishSettings & { convertFrom: ConvertFrom | "" };

/** What instances shall be that Azure configures: all have one command, so there is one KMS host for all. */
export const instanceWish = (settings: WishSettings): ClientWish =>
  wishOf(settings, settings.hostAddresses[0]);

/** The extension that makes an instance a KMS client and asks for its activation. @throws KmsError KMS3023 */
export function instanceExtension(settings: ExtensionSettings): LicensingExtension {
  const { convertFrom } = settings;
  return licensingExtension(
    ensureClientPlan({ ...instanceWish(settings), ...(convertFrom !== "" && { convertFrom }) }),
  );
}
