import { limits } from "../../../provider/catalog/limits";
import { ensureClientPlan, observeClientPlan } from "../../../provider/group/plan";
import { azureRunCommand } from "../../../provider/machine/azure-run-command";
import { encodePlan, licensingScript, planParameter } from "../../../provider/machine/licensing-script";
import { listMachines } from "../../../provider/machine/power-states";
import { deletionsDone, runCommandPrefix } from "../../../provider/machine/run-command-removal";
import { openScaleSet } from "../../../provider/machine/scale-set";
import { licensingExtension } from "../../../provider/machine/scale-set-extension";
import { azurePrivateDns } from "../../../provider/srv/azure-private-dns";
import { all, desiredInstanceState, scaleSetBody } from "../compute/scale-set-fixture";
import { type Arm, createInterface, createMachine, createNetwork } from "./arm-fixture";
import { groupPath, idOf, subscriptionId } from "./arm-names";

/** What a feature does to Azure, from its first request to its last. */
export interface PermissionScenario {
  /** Other features that it is never without. @default - none */
  with?: string[];
  /** What is there before, made by somebody who may. */
  prepare?(arm: Arm): Promise<unknown>;
  run(arm: Arm): Promise<unknown>;
  /** Whether it is this package's own code that meets the refusal, not Microsoft's client. */
  ours?: boolean;
}

const location = "westeurope";
const at = { location };
const subnetId = idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts");
const machineId = idOf("Microsoft.Compute/virtualMachines/kms");
const setId = idOf("Microsoft.Compute/virtualMachineScaleSets/web");
const options = () => ({ deadline: Date.now() + 30_000 });

/** A request that no client of Microsoft's for this test has. @throws Error with Azure's text where it is refused */
async function request(arm: Arm, method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(`${arm.endpoint}${path}?api-version=2024-03-01`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.status === 403) {
    const { error } = (await response.json()) as { error: { message: string } };
    throw new Error(error.message);
  }
}

/** What azure-native reads for the default of `location`. */
const readGroup = (arm: Arm) => request(arm, "GET", groupPath("rg"));

/** Azure names it in the Location of deletions; clients choose whether they follow it. */
const readResult = (arm: Arm, path: string) =>
  request(arm, "GET", `/subscriptions/${subscriptionId}/${path}/result`);
const networkResult = (arm: Arm) =>
  readResult(arm, "providers/Microsoft.Network/locations/westeurope/operationResults");

export const scenarios: Record<string, PermissionScenario> = {
  resourceGroups: {
    async run(arm) {
      await request(arm, "PUT", groupPath("new"), at);
      await request(arm, "GET", groupPath("new"));
      await request(arm, "DELETE", groupPath("new"));
      await readResult(arm, "operationresults");
    },
  },
  networks: {
    prepare: (arm) => arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "group", at),
    async run({ network, ...arm }) {
      await createNetwork({ network, ...arm });
      await network.virtualNetworks.get("rg", "vnet");
      const table = await network.routeTables.beginCreateOrUpdateAndWait("rg", "routes", at);
      const address = await network.publicIPAddresses.beginCreateOrUpdateAndWait("rg", "out", at);
      const gateway = await network.natGateways.beginCreateOrUpdateAndWait("rg", "nat", {
        location,
        sku: { name: "Standard" },
        publicIpAddresses: [{ id: address.id }],
      });
      await network.subnets.beginCreateOrUpdateAndWait("rg", "vnet", "new", {
        addressPrefix: "10.0.2.0/24",
        natGateway: { id: gateway.id },
        routeTable: { id: table.id },
        networkSecurityGroup: { id: idOf("Microsoft.Network/networkSecurityGroups/group") },
      });
      await network.subnets.get("rg", "vnet", "new");
      await network.subnets.beginDeleteAndWait("rg", "vnet", "new");
      await network.virtualNetworks.beginDeleteAndWait("rg", "vnet");
      await network.natGateways.beginDeleteAndWait("rg", "nat");
      await network.publicIPAddresses.beginDeleteAndWait("rg", "out");
      await network.routeTables.beginDeleteAndWait("rg", "routes");
      await networkResult({ network, ...arm });
    },
  },
  privateZones: {
    prepare: createNetwork,
    async run({ dns, ...arm }) {
      const global = { location: "global" };
      await dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", global);
      await dns.privateZones.get("rg", "corp.example");
      await dns.virtualNetworkLinks.beginCreateOrUpdateAndWait("rg", "corp.example", "link", {
        ...global,
        virtualNetwork: { id: idOf("Microsoft.Network/virtualNetworks/vnet") },
        registrationEnabled: false,
      });
      await dns.virtualNetworkLinks.get("rg", "corp.example", "link");
      await dns.virtualNetworkLinks.beginDeleteAndWait("rg", "corp.example", "link");
      await dns.privateZones.beginDeleteAndWait("rg", "corp.example");
      await readResult(
        { dns, ...arm },
        "resourceGroups/rg/providers/Microsoft.Network/privateDnsOperationResults",
      );
    },
  },
  machines: {
    prepare: createNetwork,
    async run(arm) {
      await readGroup(arm);
      await createMachine(arm, "kms", subnetId);
      await arm.compute.virtualMachines.get("rg", "kms");
      await arm.network.networkInterfaces.get("rg", "kms-nic");
      await request(arm, "GET", idOf("Microsoft.Compute/disks/any"));
      await arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms");
      await arm.network.networkInterfaces.beginDeleteAndWait("rg", "kms-nic");
      await networkResult(arm);
    },
  },
  securityGroups: {
    with: ["machines"],
    prepare: createNetwork,
    async run({ network, ...arm }) {
      await readGroup({ network, ...arm });
      const group = await network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "group", at);
      await network.networkSecurityGroups.get("rg", "group");
      const rule = { access: "Allow", direction: "Inbound", priority: 200, protocol: "Tcp" };
      await network.securityRules.beginCreateOrUpdateAndWait("rg", "group", "rule", {
        ...{ ...rule, sourcePortRange: "*", destinationPortRange: "1688" },
        ...{ sourceAddressPrefix: "*", destinationAddressPrefix: "*" },
      });
      await network.securityRules.get("rg", "group", "rule");
      await network.securityRules.beginDeleteAndWait("rg", "group", "rule");
      await createInterface({ network, ...arm }, "nic", subnetId, group.id);
      await network.networkInterfaces.beginDeleteAndWait("rg", "nic");
      await network.networkSecurityGroups.beginDeleteAndWait("rg", "group");
      await networkResult({ network, ...arm });
    },
  },
  scaleSets: {
    prepare: async (arm) => {
      await createNetwork(arm);
      await arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "group", at);
    },
    async run(arm) {
      await readGroup(arm);
      const body = scaleSetBody(subnetId, "Flexible", 1);
      body.virtualMachineProfile!.networkProfile!.networkInterfaceConfigurations![0].networkSecurityGroup = {
        id: idOf("Microsoft.Network/networkSecurityGroups/group"),
      };
      const sets = arm.compute.virtualMachineScaleSets;
      await sets.beginCreateOrUpdateAndWait("rg", "web", body);
      await sets.get("rg", "web");
      const extension = ["rg", "web", "probe"] as const;
      await arm.compute.virtualMachineScaleSetExtensions.beginCreateOrUpdateAndWait(...extension, {
        publisher: "Microsoft.Compute",
        typePropertiesType: "CustomScriptExtension",
        typeHandlerVersion: "1.10",
      });
      await arm.compute.virtualMachineScaleSetExtensions.get(...extension);
      await arm.compute.virtualMachineScaleSetExtensions.beginDeleteAndWait(...extension);
      await all(arm.compute.virtualMachines.list("rg"));
      await request(arm, "GET", idOf("Microsoft.Compute/disks/any"));
      await request(arm, "GET", idOf("Microsoft.Network/networkInterfaces/any"));
      await sets.beginDeleteAndWait("rg", "web");
    },
  },
  runCommands: {
    ours: true,
    async prepare(arm) {
      await createMachine(arm, "kms", await createNetwork(arm));
      // As many as a machine can have, one of them left behind by a run that was cut off.
      for (let left = 0; left < limits.runCommandsPerMachine; left++) {
        const name = left === 0 ? `${runCommandPrefix}00000000-00000000` : `others-${left}`;
        await arm.compute.virtualMachineRunCommands.beginCreateOrUpdateAndWait("rg", "kms", name, {
          location,
          source: { script: licensingScript },
          parameters: [{ name: planParameter, value: encodePlan(observeClientPlan()) }],
        });
      }
    },
    async run({ compute }) {
      await azureRunCommand(machineId, compute).run(observeClientPlan(), {}, options());
      await deletionsDone(compute, { subscriptionId, resourceGroupName: "rg", vmName: "kms" });
    },
  },
  hostAddresses: {
    prepare: async (arm) => createMachine(arm, "kms", await createNetwork(arm)),
    async run({ compute, network }) {
      await compute.virtualMachines.get("rg", "kms");
      await network.networkInterfaces.get("rg", "kms-nic");
    },
  },
  powerStates: {
    ours: true,
    run: () => listMachines([machineId], options()),
  },
  scaleSetMembers: {
    ours: true,
    async prepare(arm) {
      const body = scaleSetBody(await createNetwork(arm), "Uniform", 1);
      await arm.compute.virtualMachineScaleSets.beginCreateOrUpdateAndWait("rg", "web", body);
    },
    async run({ compute }) {
      const access = openScaleSet(setId, compute);
      const set = await access.read(options());
      await access.instances(set, options());
      await access.instances({ ...set, uniform: false }, options());
    },
  },
  scaleSetExtension: {
    ours: true,
    with: ["scaleSetMembers"],
    async prepare(arm) {
      const body = scaleSetBody(await createNetwork(arm), "Uniform", 1);
      await arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "group", at);
      body.virtualMachineProfile!.networkProfile!.networkInterfaceConfigurations![0].networkSecurityGroup = {
        id: idOf("Microsoft.Network/networkSecurityGroups/group"),
      };
      await arm.compute.virtualMachineScaleSets.beginCreateOrUpdateAndWait("rg", "web", body);
    },
    async run({ compute }) {
      const access = openScaleSet(setId, compute);
      const plan = ensureClientPlan(desiredInstanceState);
      await access.putExtension(licensingExtension(plan), "1", options());
      await access.upgrade(["0"], options());
      await access.removeExtension(options());
    },
  },
  azureRecords: {
    ours: true,
    prepare: ({ dns }) =>
      dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "global" }),
    async run({ dns }) {
      const zone = azurePrivateDns(idOf("Microsoft.Network/privateDnsZones/corp.example"), dns);
      const record = { priority: 0, weight: 0, port: 1688, target: "kms.corp.example" };
      await zone.add(record, 300, () => true);
      await zone.addresses.add("kms", "10.0.1.4", 300);
      await zone.list();
      await zone.remove(record);
      await zone.addresses.remove("kms", "10.0.1.4");
    },
  },
  azureKmsRoutes: {
    prepare: ({ network }) => network.routeTables.beginCreateOrUpdateAndWait("rg", "routes", at),
    async run({ network, ...arm }) {
      const route = ["rg", "routes", "kms"] as const;
      const way = { addressPrefix: "20.118.99.224/32", nextHopType: "Internet" };
      await network.routes.beginCreateOrUpdateAndWait(...route, way);
      await network.routes.get(...route);
      await network.routes.beginDeleteAndWait(...route);
      await networkResult({ network, ...arm });
    },
  },
};
