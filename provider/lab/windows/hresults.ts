/**
 * The HRESULTs that the simulated machines give, by Microsoft's names.
 * Sources: learn.microsoft.com/troubleshoot/windows-server/licensing-and-activation/troubleshoot-activation-error-codes;
 * SLInstallProofOfPurchaseEx reference; wbemcli.h; learn.microsoft.com/windows/win32/com/com-error-codes-4.
 */
export const hresults = {
  accessDenied: "0x80070005",
  featureSourceMissing: "0x800F081F",
  dnsNameDoesNotExist: "0x8007232B",
  rpcServerUnavailable: "0x800706BA",
  typeMismatch: "0x80041005",
  invalidMethod: "0x8004102E",
  invalidMethodParameters: "0x8004102F",
  invalidArgument: "0x80070057",
  cancelled: "0x800704C7",
  badData: "0x80090005",
  noKeyPair: "0x80090016",
  cannotConnect: "0x80072EFD",
  activationLimitExceeded: "0xC004C008",
  gracePeriodExpired: "0xC004F009",
  withinGracePeriod: "0x4004F00C",
  productKeyNotInstalled: "0xC004F014",
  productSkuNotInstalled: "0xC004F015",
  invalidOfflineConfirmation: "0xC004F02C",
  notEnoughCount: "0xC004F038",
  kmsNotEnabled: "0xC004F039",
  kmsNotActivated: "0xC004F041",
  kmsCannotServeProduct: "0xC004F042",
  invalidProductKey: "0xC004F050",
  mismatchedProductSku: "0xC004F069",
  invalidTimestamp: "0xC004F06C",
  kmsUnavailable: "0xC004F074",
} as const;

/** A licensing operation that the simulated Windows refuses. */
export class LicensingFailure extends Error {
  /** @param detail what the licensing script says of the error besides its HRESULT */
  constructor(
    readonly hresult: string,
    readonly detail?: string,
  ) {
    super(`the licensing operation failed with ${hresult}`);
    this.name = "LicensingFailure";
  }
}
