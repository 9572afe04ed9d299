import type { Scalar } from "../../../provider/machine/licensing-plan";
import type { Properties } from "./wql";

/** An instance of a CIM class; the class's key property identifies it. */
export interface CimInstance {
  properties: Properties;
}

/** An inbound or outbound rule of Windows Defender Firewall, with what its filters say. */
export interface FirewallRule {
  name: string;
  displayName: string;
  enabled: boolean;
  direction: "Inbound" | "Outbound";
  action: "Allow" | "Block";
  /** Sum of 1 Domain, 2 Private and 4 Public; 0 for any. */
  profile: number;
  protocol: string;
  /** Ports, or `Any`. */
  localPort: string[];
  /** Addresses, or `Any`, `LocalSubnet`. */
  remoteAddress: string[];
  /** Path of a program, or `Any`. */
  program: string;
  /** Short name of a service, or `Any`. */
  service: string;
}

export type RegistryValue = string | number | string[];

/** An entry of an event log. */
export interface WindowsEvent {
  id: number;
  /** When it was logged, in milliseconds since 1970. @default now */
  time?: number;
  /** The insertion strings. */
  values: string[];
}

/** How a command of Windows fails, as its error record has it. */
export class CommandFailure extends Error {
  constructor(
    /** Begin of the FullyQualifiedErrorId, for example `HRESULT 0xc004f074`. */
    readonly id: string,
    /** Name of an ErrorCategory. */
    readonly category: string,
    message: string,
    readonly details: FailureDetails = {},
  ) {
    super(message);
  }
}

export interface FailureDetails {
  /** Ends the command, whatever the caller's ErrorActionPreference is. */
  terminating?: boolean;
  /** HResult of the exception. @default - .NET's own, 0x80131500 */
  hresult?: number;
  /** HResult of the inner exception. @default - there is none */
  innerHresult?: number;
  /** Class of the exception. @default "System.Exception"; "CimException" has the members of a CIM error */
  type?: "System.Exception" | "CimException";
}

/** A failure of a CIM operation, with the identifier that WMI gives it. */
export const cimFailure = (hresult: string, category = "NotSpecified") =>
  new CommandFailure(
    `HRESULT ${hresult.toLowerCase()}`,
    category,
    "Ein Fehler, dessen Text niemand lesen soll",
    {
      type: "CimException",
    },
  );

/** A failure of a CIM cmdlet that is made of a Win32 error. */
export const win32Failure = (code: number, category = "NotSpecified") =>
  new CommandFailure(`Windows System Error ${code}`, category, "Zugriff verweigert", {
    type: "CimException",
  });

/** The Windows behind the stand-ins: what a machine is, and what its commands do to it. */
export interface Windows {
  /** All instances of a class. */
  instances(className: string): CimInstance[];
  /**
   * Calls a declared method of an instance with arguments of the declared types, and gives its return value.
   * @throws CommandFailure
   */
  invoke(className: string, key: Scalar | null, method: string, args: Record<string, Scalar>): number;
  /** State of a feature, undefined for one that there is not. */
  feature(name: string): string | undefined;
  /** Gives whether it succeeded. @throws CommandFailure */
  installFeature(name: string): boolean;
  rule(name: string): FirewallRule | undefined;
  putRule(rule: FirewallRule): void;
  /** Values of a registry key below HKLM, undefined for a missing one. */
  registryKey(path: string): Record<string, RegistryValue> | undefined;
  createRegistryKey(path: string): void;
  setRegistryValue(path: string, name: string, value: RegistryValue): void;
  removeRegistryValue(path: string, name: string): void;
  /** Events of the provider Microsoft-Windows-Security-SPP, oldest first. */
  events(): WindowsEvent[];
  restartService(name: string): void;
  /** The public part of a pair of keys in the machine's store, in base64. @throws CommandFailure */
  openKeyPair(container: string, existing: boolean): { modulus: string; exponent: string };
  /** @throws CommandFailure */
  decrypt(container: string, sealed: string): string;
  removeKeyPair(container: string): void;
  /** Whether local firewall rules count, by firewall profile; group policy may say no. @default - they do */
  allowsLocalRules?(profile: string): boolean;
}
