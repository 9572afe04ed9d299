import type { LicensingAnswer } from "../machine/licensing-plan";
import type { ClientWish } from "./client-wish";
import { clientKeyChannel } from "./key-channel";
import { discoveryTarget } from "./licensed-application";
import { licensed } from "./license-status";
import { text } from "./scalar";

/** Each difference between what a member shall be and what it is, in words; empty when there is none. */
export function memberDrift(wish: ClientWish, answer: LicensingAnswer): string[] {
  const settings = answer[discoveryTarget(wish)] ?? {};
  const product = answer.product ?? {};
  const pinned = wish.discovery === "host";
  const drift: string[] = [];
  const compare = (what: string, is: string, wanted: string) => {
    if (is.toLowerCase() !== wanted.toLowerCase()) {
      drift.push(`${what} is ${is === "" ? "not set" : is}, wanted ${wanted === "" ? "not set" : wanted}`);
    }
  };
  compare("product key ending", text(product.PartialProductKey), wish.setupKey.slice(-5));
  compare("product key channel", text(product.ProductKeyChannel), clientKeyChannel);
  compare(
    "fixed KMS host",
    text(settings.KeyManagementServiceMachine),
    pinned ? (wish.host?.name ?? "") : "",
  );
  if (!pinned && wish.lookupDomain !== undefined) {
    compare("lookup domain", text(settings.KeyManagementServiceLookupDomain), wish.lookupDomain);
  }
  if (product.LicenseStatus !== licensed) {
    drift.push("it is not licensed");
  }
  return drift;
}
