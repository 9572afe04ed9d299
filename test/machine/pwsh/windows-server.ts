import { installPlan } from "../plans";
import {
  type CimInstance,
  CommandFailure,
  type FirewallRule,
  type RegistryValue,
  type Windows,
  type WindowsEvent,
} from "./windows";
import type { Properties } from "./wql";

const applicationId = installPlan.applicationId;

export const currentVersion = "HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
export const licensingKey = `${currentVersion}\\SoftwareProtectionPlatform`;
export const ownKey = "HKLM:\\SOFTWARE\\pulumi-windows-kms";

/** An inbound rule for TCP from anywhere. */
export const firewallRule = (name: string, changes: Partial<FirewallRule> = {}): FirewallRule => ({
  name,
  displayName: name,
  enabled: false,
  direction: "Inbound",
  action: "Allow",
  profile: 0,
  protocol: "TCP",
  localPort: ["1688"],
  remoteAddress: ["Any"],
  program: "Any",
  service: "Any",
  ...changes,
});

/** A fresh Windows Server with an add-on license besides its own, to be changed by tests. */
export const windowsServer = () => ({
  Win32_OperatingSystem: { Name: "Windows", ProductType: 3 } as Properties,
  Win32_ComputerSystem: {
    Name: "KMS1-BÜRO",
    DNSHostName: "kms1-büro",
    PartOfDomain: true,
    Domain: "corp.example",
  } as Properties,
  Win32_ComputerSystemProduct: {
    IdentifyingNumber: "0000",
    UUID: "5F0C1D1E-0D5B-4F1E-9D43-5A7A3F1F0C55",
  } as Properties,
  version: { CurrentBuild: "20348", UBR: 2322, EditionID: "ServerDatacenter" } as Record<
    string,
    RegistryValue
  >,
  service: {
    Version: "10.0.20348.1",
    VLRenewalInterval: 10080,
    KeyManagementServiceListeningPort: 0,
  } as Properties,
  products: [
    product("ADDON", { ID: "00000000-0000-4000-8000-00000000000a", LicenseIsAddon: true, LicenseStatus: 1 }),
    product("6VM33", { ID: "00000000-0000-4000-8000-000000000001", LicenseStatus: 0 }),
  ],
  features: { VolumeActivation: "Available" } as Record<string, string>,
  rules: { "SPPSVC-In-TCP": firewallRule("SPPSVC-In-TCP") } as Record<string, FirewallRule>,
  /** Values of the registry key SoftwareProtectionPlatform. */
  registry: {} as Record<string, RegistryValue>,
  /** Values of the script's own registry key, once it is there. */
  own: undefined as Record<string, RegistryValue> | undefined,
  /** Which access to the script's own registry key Windows denies. */
  registryDenied: "" as "" | "read" | "write",
  events: [] as WindowsEvent[],
  /** Methods and commands that fail, with how. */
  failures: {} as Record<string, CommandFailure>,
  /** Return values of methods. @default 0 */
  returns: {} as Record<string, number>,
  localRules: true,
});

export type Model = ReturnType<typeof windowsServer>;

/** Plans that these machines get ask for no key pair. */
function noKeyStore(): never {
  throw new CommandFailure("CryptographicException", "NotSpecified", "Kein Schluesselspeicher");
}

/** A license with a key. */
export function product(PartialProductKey: string | null, changes: Properties = {}): Properties {
  return { ApplicationID: applicationId, PartialProductKey, LicenseIsAddon: false, ...changes };
}

/** What the registry provider gives where access is denied: .NET has no code of its own for reading. */
const denied = (access: "read" | "write") =>
  access === "read"
    ? new CommandFailure("System.Security.SecurityException", "PermissionDenied", "Zugriff verweigert", {
        hresult: 0x8013150a,
      })
    : new CommandFailure("System.UnauthorizedAccessException", "PermissionDenied", "Zugriff verweigert", {
        hresult: 0x80070005,
      });

/** The Windows of a model. */
export function modelWindows(model: Model): Windows {
  const key = (path: string) =>
    path === currentVersion ? model.version : path === licensingKey ? model.registry : model.own;
  const fail = (name: string) => {
    if (Object.hasOwn(model.failures, name)) {
      throw model.failures[name];
    }
  };
  return {
    instances(className): CimInstance[] {
      fail(className);
      switch (className) {
        case "SoftwareLicensingService":
          return [{ properties: model.service }];
        case "SoftwareLicensingProduct":
          return model.products.map((properties) => ({ properties }));
        default:
          return [{ properties: model[className as "Win32_OperatingSystem"] }];
      }
    },
    invoke(className, id, method, args) {
      fail(method);
      const own = model.products.find(({ LicenseIsAddon }) => LicenseIsAddon !== true);
      if (method === "InstallProductKey") {
        Object.assign(own!, {
          PartialProductKey: String(args.ProductKey).slice(24),
          ProductKeyChannel: "Volume:GVLK",
        });
      }
      if (method === "Activate") {
        Object.assign(
          model.products.find(({ ID }) => ID === id)!,
          { LicenseStatus: 1 },
        );
      }
      if (method === "SetVLRenewalInterval") {
        model.service.VLRenewalInterval = args.RenewalInterval;
      }
      if (method === "SetKeyManagementServiceListeningPort") {
        model.service.KeyManagementServiceListeningPort = args.PortNumber;
      }
      return model.returns[method] ?? 0;
    },
    feature(name) {
      fail("Get-WindowsFeature");
      return model.features[name];
    },
    installFeature(name) {
      fail("Install-WindowsFeature");
      model.features[name] = "Installed";
      return true;
    },
    rule(name) {
      fail("Get-NetFirewallRule");
      return Object.hasOwn(model.rules, name) ? model.rules[name] : undefined;
    },
    putRule(rule) {
      fail("putRule");
      model.rules[rule.name] = rule;
    },
    registryKey(path) {
      if (path === ownKey && model.registryDenied === "read") {
        throw denied("read");
      }
      return key(path);
    },
    createRegistryKey(path) {
      assertOwn(path);
      if (model.registryDenied === "write") {
        throw denied("write");
      }
      model.own = {};
    },
    setRegistryValue(path, name, value) {
      if (path === ownKey && model.registryDenied === "write") {
        throw denied("write");
      }
      key(path)![name] = value;
    },
    removeRegistryValue(path, name) {
      delete key(path)![name];
    },
    events() {
      fail("Get-WinEvent");
      return model.events;
    },
    restartService: () => fail("Restart-Service"),
    openKeyPair: () => noKeyStore(),
    decrypt: () => noKeyStore(),
    removeKeyPair: () => noKeyStore(),
    allowsLocalRules: () => model.localRules,
  };
}

function assertOwn(path: string): void {
  if (path !== ownKey) {
    throw new Error(`no key of the script: ${path}`);
  }
}
