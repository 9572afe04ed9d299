import { limitEntries } from "../../catalog/limits";
import { booleanArgument, type CimArguments, numberArgument, textArgument } from "./cim-arguments";
import { hresults, LicensingFailure } from "./hresults";
import { installProductKey } from "./install-product-key";
import { licenseState, licenseStatus } from "./license-state";
import { isKmsHost, type KmsHostSettings, type WindowsMachine } from "./windows-machine";

type ServiceMethod = (machine: WindowsMachine, args: CimArguments, now: number) => void;

/** Methods of SoftwareLicensingService that the lab's Windows has. */
const methods: Record<string, ServiceMethod> = {
  InstallProductKey: (machine, args, now) =>
    installProductKey(machine, textArgument(args, "ProductKey"), now),
  RefreshLicenseStatus: () => undefined,
  ClearProductKeyFromRegistry: () => undefined,

  SetKeyManagementServiceMachine(machine, args) {
    machine.discovery.machine = textArgument(args, "MachineName");
  },
  ClearKeyManagementServiceMachine(machine) {
    machine.discovery.machine = "";
  },
  SetKeyManagementServicePort(machine, args) {
    machine.discovery.port = numberArgument(args, "PortNumber", limitEntries.kmsPort);
  },
  ClearKeyManagementServicePort(machine) {
    machine.discovery.port = 0;
  },
  SetKeyManagementServiceLookupDomain(machine, args) {
    machine.discovery.lookupDomain = textArgument(args, "LookupDomain");
  },
  ClearKeyManagementServiceLookupDomain(machine) {
    machine.discovery.lookupDomain = "";
  },
  DisableKeyManagementServiceHostCaching(machine, args) {
    machine.discovery.caching = !booleanArgument(args, "DisableCaching");
  },

  SetKeyManagementServiceListeningPort: hostSetting((args) => ({
    listeningPort: numberArgument(args, "PortNumber", limitEntries.kmsPort),
  })),
  ClearKeyManagementServiceListeningPort: hostSetting(() => ({ listeningPort: 0 })),
  SetVLActivationInterval: hostSetting((args) => ({
    activationIntervalMinutes: numberArgument(
      args,
      "ActivationInterval",
      limitEntries.activationIntervalMinutes,
    ),
  })),
  SetVLRenewalInterval: hostSetting((args) => ({
    renewalIntervalMinutes: numberArgument(args, "RenewalInterval", limitEntries.renewalIntervalMinutes),
  })),
  EnableKeyManagementServiceLowPriority: hostSetting((args) => ({
    lowPriority: booleanArgument(args, "EnableLowPriority"),
  })),
  DisableKeyManagementServiceDnsPublishing: hostSetting((args) => ({
    dnsPublishing: !booleanArgument(args, "DisablePublishing"),
  })),
};

/** Host settings are refused on a machine that is no activated KMS host. Source: learn.microsoft.com activation-slmgr-vbs-options. */
function hostSetting(read: (args: CimArguments) => Partial<KmsHostSettings>): ServiceMethod {
  return (machine, args, now) => {
    if (machine.product === undefined || !isKmsHost(machine)) {
      throw new LicensingFailure(hresults.kmsNotEnabled);
    }
    if (licenseState(machine.product, now).status !== licenseStatus.licensed) {
      throw new LicensingFailure(hresults.kmsNotActivated);
    }
    machine.hostSettings = { ...machine.hostSettings, ...read(args) };
  };
}

/**
 * Calls a method of SoftwareLicensingService.
 * @throws LicensingFailure with the HRESULT that Windows gives
 */
export function callService(machine: WindowsMachine, method: string, args: CimArguments, now: number): void {
  if (!Object.hasOwn(methods, method)) {
    throw new LicensingFailure(hresults.invalidMethod);
  }
  methods[method](machine, args, now);
}
