import fc from "fast-check";
import { LicenseType } from "../../../provider/catalog/constants";
import { images } from "../../../provider/catalog/images";

/** Mostly right values, some wrong ones, and now and then any text. */
const mostly = <T>(right: readonly T[], wrong: readonly T[], any: fc.Arbitrary<T>) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...right), weight: 30 },
    { arbitrary: fc.constantFrom(...wrong), weight: 2 },
    { arbitrary: any, weight: 1 },
  );

export const adminUsername = mostly(
  ["kmsadmin", "ops.team", "a-very-long-name-20c"],
  ["administrator", "Root", "kms@corp", "ends.", "a\u0007b", "support_388945a0"],
  fc.string({ minLength: 1, maxLength: 20 }),
);
export const adminPassword = mostly(
  ["A password for tests", "Zq7!zq7!", `Aa1${"x".repeat(120)}`],
  ["aaaaaaaaaaaaaa", "Pa$$word", "P@ssword123", "Aa1\nline-break", "PASSWORD-ONLY"],
  fc.string({ minLength: 8, maxLength: 123 }),
);
export const size = mostly(
  [
    "Standard_B2as_v2",
    "Standard_D2s_v5",
    "Standard_E4-2s_v5",
    "Standard_DS2_v2",
    "standard_d4ads_v5",
    "Standard_F4s_v2",
  ],
  ["Standard_D2_v3", "Standard_A2_v2", "Standard_D2ps_v5", "B2s", "Standard_E2_v5", "Standard_F4"],
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/),
);
export const location = mostly(
  ["westeurope", "West Europe"],
  ["west-europe", "global", "västra"],
  // The networks of the test are in West Europe, which only a program that declares them tells.
  fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/^[A-Za-z0-9 ]+$/.test(text)),
);
const tagName = mostly(
  ["owner", "cost centre", "env:prod", "Owner", "x".repeat(512)],
  ["a/b", "a<b", "q?", "x".repeat(513), "back\\slash", "line\nbreak"],
  fc.string({ minLength: 1, maxLength: 6 }),
);
const tagValue = mostly(["", "licensing", "y".repeat(256)], ["y".repeat(257)], fc.string({ maxLength: 6 }));
export const tags = fc.oneof(
  { arbitrary: fc.dictionary(tagName, tagValue, { maxKeys: 3, noNullPrototype: true }), weight: 30 },
  {
    arbitrary: fc
      .constantFrom(50, 51)
      .map((count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag${n}`, ""]))),
    weight: 1,
  },
);
export const clientPrefixes = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      ["10.20.0.0/16", "10.21.1.0/24", "192.168.7.9"],
      [],
      ["fd00:db8:20::/48"],
      ["10.20.0.0/16", "10.21.0.0/16"],
    ),
    weight: 4,
  },
  {
    arbitrary: fc.array(
      fc.constantFrom(
        "10.20.0.0/16",
        "10.20.1.0/24",
        "10.20.1.5",
        "10.20.5.68/27",
        "fd00:db8::/32",
        "fd00:db8:1::/48",
        "10.0.0.0/8",
        "8.8.8.8",
        "0.0.0.0/0",
        "fd00::1/64",
      ),
      { maxLength: 3 },
    ),
    weight: 2,
  },
  {
    arbitrary: fc
      .constantFrom(4000, 4001)
      .map((count) => Array.from({ length: count }, (_, n) => `10.${n >> 8}.${n & 255}.0/32`)),
    weight: 1,
  },
);
export const name = mostly(
  ["kms", "kms.eu-1", "k_1"],
  ["kms host", "-kms", "kms/eu", "k".repeat(70)],
  fc.string({ minLength: 1, maxLength: 12 }),
);
export const osDiskType = fc.constantFrom(
  "Standard_LRS" as const,
  "StandardSSD_LRS" as const,
  "Premium_LRS" as const,
  undefined,
);
/** What of a machine has no other values than these; each or nothing. */
export const choices = {
  licenseType: fc.constantFrom(...Object.values(LicenseType), undefined),
  encryptionAtHost: fc.constantFrom(true, false, undefined),
};
/** Each system that Azure has an image of, Server Core too; that one is withdrawn, KMS1203 says by the day. */
export const system = fc.constantFrom(
  ...images()
    .filter(({ smallDisk, deprecatedFrom }) => !smallDisk && deprecatedFrom === undefined)
    .map(({ os, edition, core }) => ({ declared: { os, edition }, core })),
);
export const computerName = mostly<string | undefined>(
  ["KMS01", undefined],
  ["k-1"],
  fc.stringMatching(/^[a-z][a-z0-9]{0,14}$/),
);
