import { callProduct, callService } from "../../../provider/lab/windows/cim-methods";
import { productProperties, serviceProperties } from "../../../provider/lab/windows/cim-properties";
import { decryptWithPair, openKeyPair, removeKeyPair } from "../../../provider/lab/windows/key-pairs";
import { hresults, LicensingFailure } from "../../../provider/lab/windows/hresults";
import { startService } from "../../../provider/lab/windows/kms-host-service";
import { featureState } from "../../../provider/lab/windows/observe";
import { installFeature } from "../../../provider/lab/windows/perform";
import { installedProducts, type WindowsMachine } from "../../../provider/lab/windows/windows-machine";
import type { World } from "../../../provider/lab/windows/world";
import { windowsApplicationId } from "../../../provider/machine/licensing-plan";
import { cimFailure, CommandFailure, type FirewallRule, type RegistryValue, type Windows } from "./windows";
import { currentVersion, firewallRule, licensingKey, ownKey, product } from "./windows-server";

/** Licenses that every Windows has besides the one in use; a query must leave them out. */
const otherLicenses = [
  product(null, { ID: "00000000-0000-4000-8000-0000000000a1" }),
  product("ADDON", { ID: "00000000-0000-4000-8000-0000000000a2", LicenseIsAddon: true, LicenseStatus: 1 }),
  product("DEPND", {
    ID: "00000000-0000-4000-8000-0000000000a3",
    LicenseDependsOn: "00000000-0000-4000-8000-0000000000a1",
    LicenseStatus: 1,
  }),
  product("OTHER", {
    ID: "00000000-0000-4000-8000-0000000000a4",
    ApplicationID: windowsApplicationId.replace(/^5/, "6"),
    LicenseStatus: 1,
  }),
];

/** What the lab calls a class. */
const targetOf: Record<string, string> = {
  SoftwareLicensingService: "service",
  SoftwareLicensingProduct: "product",
};

/** How WMI reports that a method failed. */
export type FailureStyle = "error" | "returnValue";

/** Commands that a machine lacks. */
export const missingCommands = ({ spec }: WindowsMachine) =>
  spec.serverFeatures ? [] : ["Get-WindowsFeature", "Install-WindowsFeature"];

/** A simulated machine as the commands of Windows show it. */
export function labWindows(
  machine: WindowsMachine,
  world: World,
  now: number,
  failureStyle: FailureStyle = "error",
): Windows {
  const loggedBefore = new Set(machine.events);
  let hasOwnKey = machine.reservations.length > 0 || machine.restartPending !== "";
  const requireReadable = (target: string) => {
    if (machine.conditions.unreadable.includes(target)) {
      throw accessDenied();
    }
  };
  const refuse = (operation: string) => {
    if (machine.conditions.refuses.includes(operation)) {
      throw accessDenied();
    }
  };
  const [build, revision] = machine.spec.osBuild.split(".");
  return {
    instances(className) {
      requireReadable(targetOf[className] ?? "");
      return instances(machine, now, className).map((properties) => ({ properties }));
    },
    invoke(className, key, method, args) {
      refuse(`${targetOf[className]} ${method}`);
      try {
        if (className === "SoftwareLicensingService") {
          callService(machine, method, args, now);
        } else {
          const meant = installedProducts(machine).find(({ license }) => license.activationId === key);
          callProduct(machine, meant!, method, args, world, now);
        }
        return 0;
      } catch (error) {
        return failed(error, failureStyle);
      }
    },
    feature(name) {
      requireReadable("feature");
      const state = featureState(machine, name);
      return state === "unsupported" ? undefined : state;
    },
    installFeature(name) {
      if (machine.conditions.refuses.includes("feature Install")) {
        throw new CommandFailure("DISMAPI_Error__Cbs_Download_Failure", "NotSpecified", "Quelle fehlt", {
          hresult: 0x800f081f,
        });
      }
      installFeature(machine, name);
      return true;
    },
    rule(name) {
      requireReadable("firewall");
      const rule = machine.firewall.get(name);
      return rule === undefined ? undefined : toRule(name, rule);
    },
    putRule(rule) {
      refuse("firewall Allow");
      machine.firewall.set(rule.name, fromRule(rule));
    },
    registryKey(path): Record<string, RegistryValue> | undefined {
      switch (path) {
        case currentVersion:
          return { CurrentBuild: build, UBR: Number(revision), EditionID: machine.spec.editionId };
        case licensingKey:
          requireReadable("registry");
          return Object.fromEntries(machine.registryLists);
        default:
          return hasOwnKey ? ownValues(machine) : undefined;
      }
    },
    createRegistryKey() {
      hasOwnKey = true;
    },
    setRegistryValue(path, name, value) {
      if (path === licensingKey) {
        machine.registryLists.set(name, value as string[]);
      } else if (name === "RestartPending") {
        machine.restartPending = String(value);
      } else {
        machine.reservations = value as string[];
      }
    },
    removeRegistryValue(path, name) {
      if (path === ownKey) {
        machine.restartPending = "";
      } else {
        machine.registryLists.delete(name);
      }
    },
    events() {
      requireReadable("events");
      return machine.events
        .filter((event) => !loggedBefore.has(event))
        .map(({ id, info }) => ({ id, values: [info] }));
    },
    restartService() {
      refuse("windowsService Restart");
      machine.restarts += 1;
      startService(machine, now);
    },
    openKeyPair: (container, existing) =>
      keyStore(() => {
        if (existing && !machine.keyPairs.has(container)) {
          requireReadable("keyPair");
          throw new LicensingFailure(hresults.noKeyPair);
        }
        return openKeyPair(machine, container);
      }),
    decrypt: (container, sealed) => keyStore(() => decryptWithPair(machine, container, sealed)),
    removeKeyPair: (container) => keyStore(() => removeKeyPair(machine, container)),
    allowsLocalRules(profile) {
      requireReadable("firewallPolicy");
      return !machine.conditions.ignoredFirewallProfiles.includes(profile);
    },
  };
}

/** What .NET throws of what the key store says. */
function keyStore<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof LicensingFailure)) {
      throw error;
    }
    throw new CommandFailure("CryptographicException", "NotSpecified", "Schluesselsatz nicht vorhanden", {
      hresult: Number(error.hresult),
    });
  }
}

const ownValues = ({ reservations, restartPending }: WindowsMachine): Record<string, RegistryValue> => ({
  ...(reservations.length > 0 && { Reservations: reservations }),
  ...(restartPending !== "" && { RestartPending: restartPending }),
});

function instances(machine: WindowsMachine, now: number, className: string) {
  const { computerName, domain = "", productType } = machine.spec;
  switch (className) {
    case "SoftwareLicensingService":
      return [serviceProperties(machine, now)];
    case "SoftwareLicensingProduct":
      return [
        ...otherLicenses,
        ...installedProducts(machine).map((one) => productProperties(machine, one, now)),
      ];
    case "Win32_OperatingSystem":
      return [{ Name: "Windows", ProductType: productType }];
    case "Win32_ComputerSystem":
      return [
        {
          Name: computerName,
          DNSHostName: computerName,
          PartOfDomain: domain !== "",
          Domain: domain === "" ? "WORKGROUP" : domain,
        },
      ];
    default:
      return [{ IdentifyingNumber: "0000", UUID: machine.uuid.toUpperCase() }];
  }
}

function failed(error: unknown, style: FailureStyle): number {
  if (!(error instanceof LicensingFailure)) {
    throw error;
  }
  if (style === "returnValue") {
    return Number(error.hresult);
  }
  throw cimFailure(error.hresult);
}

const profileNames = ["Domain", "Private", "Public"];

type LabRule = Parameters<WindowsMachine["firewall"]["set"]>[1];

const toRule = (name: string, { enabled, port, profiles, remote }: LabRule): FirewallRule =>
  firewallRule(name, {
    enabled,
    localPort: [String(port)],
    remoteAddress: [remote],
    profile: profiles.reduce((sum, profile) => sum + 2 ** profileNames.indexOf(profile), 0),
  });

const fromRule = ({ enabled, localPort, profile, remoteAddress }: FirewallRule): LabRule => ({
  enabled,
  port: Number(localPort[0]),
  remote: remoteAddress[0] as LabRule["remote"],
  profiles: profileNames.filter((_, bit) => profile === 0 || (profile >> bit) % 2 === 1),
});

/** A command that fails as such commands do where access is denied. */
export const accessDenied = (message = "Zugriff verweigert") =>
  new CommandFailure("System.UnauthorizedAccessException", "PermissionDenied", message, {
    hresult: 0x80070005,
  });
