import assert from "node:assert/strict";
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { KMSClientGroup, KMSHost, validate } from "../../provider";
import { allDeclared, type Declared, recordDeclared, stopMocks } from "../declared-resources";
import { key, os } from "../host/mocked-host";
import { runProgram } from "../component/program-in-stack";
import { createdHost, createdServers } from "./azure-program";
import { create, groupArgs, hostArgs, inputsOf, transformedProgram } from "../host/transformed-program";

/*
 * What has no argument is set on the children: each of these is a way of the documentation, in a program under mocks.
 */

describe("K21: a policy that denies what lacks a tag", () => {
  it("K21: all that is created carries the declared tags, and run commands on existing machines as well", async () => {
    const tags = { Owner: "licensing" };
    const scaleSet = { ...create, capacity: 2 };
    const azureVmId =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/existing";
    const { declared } = await runProgram(() => {
      const kms = new KMSHost("kms", { ...hostArgs, tags });
      const found = new KMSHost("found", { key, os, machine: { azureVmId }, tags });
      const hosts = [kms];
      const web = new KMSClientGroup("web", { hosts, ...groupArgs, tags });
      const farm = new KMSClientGroup("farm", { hosts, ...groupArgs, machines: { scaleSet }, tags });
      const desks = new KMSClientGroup("desks", {
        hosts,
        machines: { azureVmIds: [`${azureVmId}-2`] },
        tags,
      });
      return { kms, found, web, farm, desks };
    });
    // A record of DNS takes no tags; what a machine was made from is in the stack alone.
    const taggable = declared.filter(
      ({ type, name }) => !/:KMS|:Stack$|:SrvRecord$|:CreatedMachine$/.test(type) && name !== "",
    );
    assert.deepEqual(taggable.map(({ name }) => name).sort(), [
      "desks-activation",
      "farm-activation",
      "farm-scale-set",
      "found-activation",
      "kms-activation",
      "kms-nic",
      "kms-nsg",
      "kms-vm",
      "web-1-nic",
      "web-1-vm",
      "web-2-nic",
      "web-2-vm",
      "web-activation",
    ]);
    for (const { name, inputs } of taggable) {
      assert.deepEqual(inputs.tags, tags, name);
    }
  });
});

describe("K42: a further rule of the host's security group", () => {
  it("K42: stands in the list of the group, which a refresh finds unchanged", async () => {
    const rdp = { name: "rdp-from-jump", priority: 300, access: "Allow", destinationPortRange: "3389" };
    const { declared } = await transformedProgram(({ type, props, opts }) =>
      type === "azure-native:network:NetworkSecurityGroup"
        ? {
            props: {
              ...props,
              securityRules: pulumi
                .output((props as { securityRules: pulumi.Input<object[]> }).securityRules)
                .apply((rules) => [...rules, rdp]),
            },
            opts,
          }
        : undefined,
    );
    const rules = inputsOf(declared, "kms-nsg").securityRules as { name: string }[];
    assert.deepEqual(
      rules.map(({ name }) => name),
      ["allow-kms", "deny-kms", "rdp-from-jump"],
    );
  });

  /** What is logged of a program with a rule for the group that `groupName` gives, in a preview of a stack that exists. */
  async function logged(groupName: (kms: KMSHost) => pulumi.Input<string>, args: object = {}) {
    const lines: string[] = [];
    const { warn, info } = pulumi.log;
    const listen = (text: string) => Promise.resolve(void lines.push(text));
    Object.assign(pulumi.log, { warn: listen, info: listen });
    const groups = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups";
    try {
      await recordDeclared([], { preview: true, idOf: ({ name }) => `${groups}/${name}5e1f` });
      await pulumi.runtime.runInPulumiStack(async () => {
        const kms = new KMSHost("kms", { ...hostArgs, ...args });
        new network.SecurityRule("rdp-from-jump", {
          resourceGroupName: "RG",
          networkSecurityGroupName: groupName(kms),
          access: "Allow",
          direction: "Inbound",
          priority: 300,
          protocol: "Tcp",
        });
      });
      await allDeclared();
    } finally {
      Object.assign(pulumi.log, { warn, info });
      stopMocks();
    }
    return lines.filter((line) => line.startsWith("KMS2279"));
  }

  const ownGroup = ({ networkSecurityGroupId }: KMSHost) =>
    networkSecurityGroupId.apply((id) => id?.split("/").at(-1) ?? "");

  it("K42: is reported where it is a resource beside the list, since the group removes it", async () => {
    const [said, ...more] = await logged(ownGroup);
    assert.match(
      said,
      /^KMS2279 the security rule "rdp-from-jump" is declared for the network security group of the KMSHost kms, .* removes the rule\. Add the rule to the list/,
    );
    assert.deepEqual(more, []);
    assert.deepEqual(await logged(() => "kms-nsg5e1f"), [said]);
    assert.deepEqual(await logged(() => "other"), []);
    const [accepted] = await logged(ownGroup, {
      acknowledge: [{ code: "KMS2279", reason: "it is short-lived" }],
    });
    assert.match(accepted, /\(acknowledged: it is short-lived\)$/);
  });

  it("K42: is pointed to where an argument is looked for", () => {
    const [said] = validate({ hosts: { kms: { ...createdHost(), securityRules: [] } as never } });
    assert.match(said.message, /KMS1001 securityRules: .*security group with the option transformations/);
  });
});

describe("K43: every disk with a disk encryption set", () => {
  it("K43: is set on host and members", async () => {
    const { declared } = await transformedProgram(({ type, props, opts }) => {
      if (type !== "azure-native:compute:VirtualMachine") {
        return undefined;
      }
      const { storageProfile } = props as { storageProfile: { osDisk: { managedDisk: object } } };
      const managedDisk = { ...storageProfile.osDisk.managedDisk, diskEncryptionSet: { id: "set" } };
      const osDisk = { ...storageProfile.osDisk, managedDisk };
      return { props: { ...props, storageProfile: { ...storageProfile, osDisk } }, opts };
    });
    for (const name of ["kms-vm", "web-1-vm", "web-2-vm"]) {
      const { osDisk } = inputsOf(declared, name).storageProfile as { osDisk: { managedDisk: object } };
      assert.deepEqual(osDisk.managedDisk, {
        storageAccountType: "StandardSSD_LRS",
        diskEncryptionSet: { id: "set" },
      });
    }
  });
});

describe("K44: fixed addresses, zones and Spot", () => {
  it("K44: are set on network interface, machine and scale set", async () => {
    const { declared } = await runProgram(() => {
      const change: pulumi.ResourceTransformation = ({ type, props, opts }) => {
        const given = props as Record<string, unknown> & {
          ipConfigurations: object[];
          virtualMachineProfile: object;
        };
        switch (type) {
          case "azure-native:network:NetworkInterface": {
            const fixed = { privateIPAllocationMethod: "Static", privateIPAddress: "10.20.1.10" };
            return {
              props: { ...given, ipConfigurations: [{ ...given.ipConfigurations[0], ...fixed }] },
              opts,
            };
          }
          case "azure-native:compute:VirtualMachine":
            return { props: { ...given, zones: ["1"] }, opts };
          case "azure-native:compute:VirtualMachineScaleSet": {
            const virtualMachineProfile = { ...given.virtualMachineProfile, priority: "Spot" };
            return { props: { ...given, zones: ["1", "2"], virtualMachineProfile }, opts };
          }
          default:
            return undefined;
        }
      };
      const transformations = [change];
      const kms = new KMSHost("kms", hostArgs, { transformations });
      const scaleSet = { ...create, capacity: 2 };
      const farm = new KMSClientGroup(
        "farm",
        { hosts: [kms], ...groupArgs, machines: { scaleSet } },
        { transformations },
      );
      return { kms, farm };
    });
    const [address] = inputsOf(declared, "kms-nic").ipConfigurations as Record<string, unknown>[];
    assert.deepEqual(
      [address.privateIPAllocationMethod, address.privateIPAddress, address.name],
      ["Static", "10.20.1.10", "primary"],
    );
    assert.deepEqual(inputsOf(declared, "kms-vm").zones, ["1"]);
    const set = inputsOf(declared, "farm-scale-set");
    assert.deepEqual(set.zones, ["1", "2"]);
    // The profile has the password, and is secret as a whole.
    const { value } = set.virtualMachineProfile as { value: { priority: string } };
    assert.equal(value.priority, "Spot");
  });

  it("K44: are pointed to where an argument is looked for", () => {
    for (const name of [
      "privateIpAddress",
      "networkInterfaceId",
      "zones",
      "diskEncryptionSetId",
      "availabilitySetId",
    ]) {
      const host = createdHost({ machine: { create: { ...createdHost().machine!.create, [name]: "x" } } });
      const [said] = validate({ hosts: { kms: host } });
      assert.match(said.message, /option transformations: see docs\/resource-options\.md/, name);
    }
    const machines = { create: { ...createdServers().machines!.create, zones: ["1"] } as never };
    const [said] = validate({ groups: { web: createdServers({ machines, azureKms: true }) } });
    assert.match(said.message, /KMS1001 machines\.create\.zones: .*option transformations/);
  });
});

describe("desktops that Microsoft runs", () => {
  it("are pointed to what activates them where a group is asked to", () => {
    for (const name of ["cloudPcs", "windows365", "hostPool"]) {
      const machines = { [name]: ["x"] } as never;
      const [said] = validate({ groups: { web: createdServers({ machines, azureKms: true }) } });
      assert.match(said.message, /Azure's own KMS activates a Cloud PC of Windows 365 without this package/);
    }
  });
});

describe("K46: a domain join before the activation", () => {
  it("K46: has the ID of the machine, and the activation waits for it", async () => {
    const order = (declared: Declared[]) => declared.map(({ name }) => name);
    const { declared, diagnostics } = await runProgram(() => {
      const waiting =
        (kind: string, joins: () => pulumi.Resource[]): pulumi.ResourceTransformation =>
        ({ type, props, opts }) =>
          type.endsWith(kind)
            ? { props: props, opts: pulumi.mergeOptions(opts, { dependsOn: joins() }) }
            : undefined;
      const kms: KMSHost = new KMSHost(
        "kms",
        { ...hostArgs, firewallProfiles: ["Domain", "Private"] },
        { transformations: [waiting(":HostActivation", () => [join])] },
      );
      const join: pulumi.Resource = new compute.VirtualMachineExtension("join", {
        resourceGroupName: "rg",
        vmName: kms.azureVmId.apply((id) => (id ?? "").split("/").at(-1) ?? ""),
        publisher: "Microsoft.Compute",
        type: "JsonADDomainExtension",
        typeHandlerVersion: "1.3",
      });
      return { kms };
    });
    const names = order(declared);
    assert.ok(names.indexOf("kms-vm") < names.indexOf("join"), names.join(", "));
    assert.ok(names.indexOf("join") < names.indexOf("kms-activation"), names.join(", "));
    assert.deepEqual(
      diagnostics.kms.filter(({ severity }) => severity === "error"),
      [],
    );
  });
});
