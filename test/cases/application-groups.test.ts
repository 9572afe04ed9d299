import assert from "node:assert/strict";
import { type AzureResource, validate } from "../../provider";
import {
  around,
  codes,
  createdHost,
  existingHost,
  idOf,
  network,
  securityGroup,
  subnet,
  virtualNetwork,
} from "./azure-program";

/*
 * Security rules that name application security groups in place of addresses.
 */

const groupId = (name: string) => ({ id: idOf.network("applicationSecurityGroups", name) });
const group = (name: string) =>
  network("ApplicationSecurityGroup", name, { applicationSecurityGroupName: name });
const machine = (name: string, subnetName: "hosts" | "web", ...groups: string[]): AzureResource[] => [
  {
    type: "azure-native:compute:VirtualMachine",
    name,
    args: {
      vmName: name,
      networkProfile: { networkInterfaces: [{ id: idOf.network("networkInterfaces", name) }] },
    },
  },
  network("NetworkInterface", name, {
    networkInterfaceName: name,
    ipConfigurations: [
      { subnet: { id: idOf.subnet(subnetName) }, applicationSecurityGroups: groups.map(groupId) },
    ],
  }),
];

/** What is said of a host and a member in these groups, where the host's subnet lets in by groups alone. */
const of = (
  hostGroups: string[],
  memberGroups: string[],
  declared = [group("kms"), group("clients")],
  host = {},
) =>
  codes(
    validate({
      hosts: {
        kms: existingHost("kms1", host),
      },
      groups: {
        web: { hosts: ["kms"], machines: { azureVmIds: [idOf.machine("web1")] }, os: "Windows Server 2022" },
      },
      resources: [
        virtualNetwork(),
        subnet("hosts", around.servers),
        subnet("web"),
        ...declared,
        ...machine("kms1", "hosts", ...hostGroups),
        ...machine("web1", "web", ...memberGroups),
        securityGroup(
          {
            name: "allow-kms",
            access: "Allow",
            direction: "Inbound",
            priority: 100,
            protocol: "Tcp",
            sourceAddressPrefix: undefined,
            sourceApplicationSecurityGroups: [groupId("clients")],
            destinationAddressPrefix: undefined,
            destinationApplicationSecurityGroups: [groupId("kms")],
            destinationPortRange: "1688",
          },
          { name: "deny-all", direction: "Inbound" },
        ),
      ],
    }).filter(({ code }) => code !== "KMS2226" && code !== "KMS2211"),
  );

describe("security rules with application security groups", () => {
  // Source: https://learn.microsoft.com/azure/virtual-network/application-security-groups
  it("R127: let in machines that are in them", () => {
    assert.deepEqual(of(["kms"], ["clients"]), []);
    assert.deepEqual(of(["other", "kms"], ["clients"], [group("kms"), group("clients"), group("other")]), []);
  });

  it("R127: leave the others to the rules behind them", () => {
    assert.deepEqual(of([], ["clients"]), ["error KMS2270"]);
    assert.deepEqual(of(["kms"], ["kms"]), ["error KMS2270"]);
  });

  it("R127: are not judged where a group is another stack's, or the machine is created", () => {
    assert.deepEqual(of([], ["clients"], [group("clients")]), []);
    assert.deepEqual(of(["kms"], ["of-another-stack"]), []);
    const created = { machine: createdHost().machine, clientPrefixes: ["10.20.0.0/16"] };
    assert.deepEqual(of(["kms"], ["clients"], undefined, created), []);
  });
});
