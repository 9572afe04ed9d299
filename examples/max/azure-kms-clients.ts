import { KMSClientGroup, OperatingSystem } from "pulumi-windows-kms";
import { tunnelledMachine } from "./existing-machines";
import { resourceGroupName } from "./network";
import { table } from "./tunnel";

/** An existing server that Azure's own KMS activates, past the tunnel. */
export const app = new KMSClientGroup("app", {
  azureKms: true,
  azureKmsRoutes: { resourceGroupName, routeTableName: table.name },
  os: OperatingSystem.WindowsServer2022,
  edition: "Datacenter",
  azureVmIds: [tunnelledMachine.id],
  network: { defaultRoute: "VirtualNetworkGateway" },
});
