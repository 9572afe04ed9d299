import { keyFingerprint } from "../../provider/catalog/product-key";
import type { ManagedHostInputs, ManagedHostOutputs } from "../../provider/host/state";

/** What the engine stores of a host with these inputs when it needs nothing. */
export function storedHost(declared: ManagedHostInputs): ManagedHostOutputs {
  const { kind: _kind, productKey, acknowledge: _codes, timeoutMinutes: _minutes, ...inputs } = declared;
  return {
    ...inputs,
    keyFingerprint: keyFingerprint(productKey),
    keyEnding: productKey.slice(-5),
    machineId: "00000000-0000-4000-8000-000000000001",
    computerName: "kms",
    domain: "",
    osBuild: "20348.2322",
    editionId: "ServerDatacenter",
    foundOs: "Windows Server 2022",
    foundEdition: "Datacenter",
    partialProductKey: productKey.slice(-5),
    licenseStatus: "Licensed",
    currentCount: 0,
    listeningPort: 1688,
    confirmed: false,
    drift: [],
  };
}
