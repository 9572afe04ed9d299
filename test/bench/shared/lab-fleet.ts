import type { Lab } from "../../on-engine/lab";
import { machineProfiles, serverImage } from "../../lab/arm/arm-fixture";

/** Virtual machines of a lab that no program declares. */
export interface LabFleet {
  hostId: string;
  memberIds: string[];
  zoneName: string;
  zoneId: string;
}

const resourceGroupName = "fleet";
const zoneName = "corp.example";
const location = "westeurope";

const apiVersions = {
  "": "2024-03-01",
  "Microsoft.Compute": "2024-11-01",
  "Microsoft.Network": "2024-05-01",
  "Microsoft.Network/privateDnsZones": "2024-06-01",
};

/** The version of the longest prefix of the path. */
function apiVersionOf(path: string): string {
  const fitting = Object.entries(apiVersions).filter(([prefix]) => path.startsWith(prefix));
  return fitting[fitting.length - 1][1];
}

/** Number of requests to the lab at the same time. */
const atATime = 20;

/**
 * Creates a KMS host's machine, the given number of members, and a zone that all of them see, through ARM itself.
 * @param memberImage what the members run
 */
export async function bootLabFleet(lab: Lab, members: number, memberImage = serverImage): Promise<LabFleet> {
  const subscription = lab.address.environment.ARM_SUBSCRIPTION_ID;
  const group = `/subscriptions/${subscription}/resourceGroups/${resourceGroupName}`;
  const put = async (path: string, body: object) => {
    const id = path === "" ? group : `${group}/providers/${path}`;
    const url = `${lab.address.arm}${id}?api-version=${apiVersionOf(path)}`;
    const response = await fetch(url, {
      method: "PUT",
      body: JSON.stringify({ location, ...body }),
      headers: { "content-type": "application/json" },
    });
    if (!response.ok) {
      throw new Error(`PUT ${id}: ${response.status} ${await response.text()}`);
    }
    await response.arrayBuffer();
    return id;
  };
  const boot = async (name: string, image: typeof serverImage) => {
    const properties = { ipConfigurations: [{ name: "primary", properties: { subnet: { id: subnetId } } }] };
    const interfaceId = await put(`Microsoft.Network/networkInterfaces/${name}`, { properties });
    return put(`Microsoft.Compute/virtualMachines/${name}`, {
      properties: machine(name, interfaceId, image),
    });
  };
  await put("", {});
  const networkId = await put("Microsoft.Network/virtualNetworks/vnet", {
    properties: {
      addressSpace: { addressPrefixes: ["10.0.0.0/8"] },
      subnets: [{ name: "all", properties: { addressPrefix: "10.0.0.0/8" } }],
    },
  });
  const subnetId = `${networkId}/subnets/all`;
  const zone = `Microsoft.Network/privateDnsZones/${zoneName}`;
  const zoneId = await put(zone, { location: "global" });
  await put(`${zone}/virtualNetworkLinks/link`, {
    location: "global",
    properties: { virtualNetwork: { id: networkId }, registrationEnabled: false },
  });
  const hostId = await boot("kms", serverImage);
  const memberIds: string[] = [];
  for (let first = 0; first < members; first += atATime) {
    const names = Array.from({ length: Math.min(atATime, members - first) }, (_, at) => `vm-${first + at}`);
    memberIds.push(...(await Promise.all(names.map((name) => boot(name, memberImage)))));
  }
  return { hostId, memberIds, zoneName, zoneId };
}

const machine = (computerName: string, interfaceId: string, image: typeof serverImage) => ({
  ...machineProfiles(computerName, image),
  networkProfile: { networkInterfaces: [{ id: interfaceId, properties: { primary: true } }] },
});
