/** What is known of the host key of one Office version. */
export interface OfficeKeyState {
  /** Full name of the Office version. */
  office: string;
  /** Last five characters of the installed host key; "" where the machine was not looked at. */
  partialProductKey: string;
  /**
   * `Licensed` when the key is activated, `AwaitingConfirmation` before the confirmation ID is given, `NotObserved` for
   * one of a host that `KMSHost.get` knows by its name alone; else Windows' own status.
   */
  licenseStatus: string;
  /** What Microsoft's telephone line is told, with activation `offline`; "" otherwise. */
  installationId: string;
  /** Machines that asked for this version in the last 30 days, when the host was last looked at. */
  currentCount: number;
}
