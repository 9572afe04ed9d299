import { KMSHost, OperatingSystem } from "pulumi-windows-kms";
import { quietMachine } from "./existing-machines";
import { config, hostKey } from "./settings";

/** An existing machine that does not reach Microsoft: its key is activated by telephone, in two updates. */
export const quietHost = new KMSHost("quiet", {
  ...hostKey,
  os: OperatingSystem.WindowsServer2022,
  azureVmId: quietMachine.id,
  // The machine may be a host already, by hand or of a stack that is gone.
  adopt: true,
  activation: "offline",
  confirmationId: config.getSecret("confirmationId"),
});
