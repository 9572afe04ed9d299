import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type Validator, argumentDiagnostics } from "../../provider/component/argument-diagnostics";
import type { ObjectNode } from "../../provider/component/argument-node";
import { kmsClientGroupTree, kmsHostTree } from "../../provider/component/argument-tree.generated";
import { openArguments } from "../../provider/component/open-arguments";
import { kmsClientGroupArgs, kmsHostArgs } from "../../provider/component/validators.generated";
import type { Diagnostic } from "../../provider/rules/diagnostic";

const unknown = pulumi.output(pulumi.unknown) as pulumi.Output<never>;
const keyGroup = "Volume License for Windows Server 2022";
const productKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";
const azureVmId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm";
const host = { key: { keyGroup, productKey }, machine: { azureVmId } };

async function check(args: unknown, tree: ObjectNode, validator: Validator): Promise<Diagnostic[]> {
  return argumentDiagnostics(validator, await openArguments(args, tree));
}
const checkHost = (changes: object) => check({ ...host, ...changes }, kmsHostTree, kmsHostArgs);
const checkGroup = (args: unknown) => check(args, kmsClientGroupTree, kmsClientGroupArgs);
const messages = (diagnostics: Diagnostic[]) => diagnostics.map(({ message }) => message);

describe("diagnostics of arguments", () => {
  it("are none for arguments that are right", async () => {
    assert.deepEqual(await checkHost({}), []);
    assert.deepEqual(
      await checkHost({
        key: pulumi.secret({ keyGroup, productKey }),
        zones: [{ zoneName: "corp.example", dynamicUpdate: { servers: ["[::1]:53", "10.0.0.4"] } }],
        firewallProfiles: ["Domain"],
        acknowledge: [{ code: "KMS2209", reason: "a lab", until: "2027-02-29" }],
        tags: { team: "licensing" },
      }),
      [],
    );
    assert.deepEqual(await checkGroup({ azureKms: true, machines: { azureVmIds: [azureVmId] } }), []);
  });

  it("name an argument that does not exist, with the nearest that does", async () => {
    const [first, second, ...others] = await checkHost({
      clientPrefixs: [],
      machine: { create: { resourceGroupName: "rg", subnetId: unknown, adminPassword: unknown, sise: 1 } },
    });
    assert.deepEqual(others, []);
    assert.deepEqual(
      [first, second].map((one) => [one?.code, one?.severity, one?.path]),
      [
        ["KMS1001", "error", "clientPrefixs"],
        ["KMS1001", "error", "machine.create.sise"],
      ],
    );
    assert.match(
      first?.message ?? "",
      /^KMS1001 clientPrefixs: clientPrefixs is not an argument here\. Remove it, or use one of: .* Did you mean clientPrefixes\?$/,
    );
    assert.match(second?.message ?? "", / Did you mean size\?$/);
    const [nameless] = messages(await checkHost({ "": 1 }));
    assert.match(nameless, /^KMS1001 \[""\]: "" is not an argument here\./);
  });

  it("name what is missing", async () => {
    assert.deepEqual(
      messages(await checkHost({ key: { productKey }, zones: [{ priority: 1 }], machine: undefined })),
      [
        "KMS1002 machine: is required. Specify { create, azureVmId, ssh, fqdn }. machine is named in the program, but undefined: check the configuration or the output that it comes from.",
        "KMS1002 key.keyGroup: is required. Specify a product key group, a value of KeyGroup.",
        "KMS1002 zones[0].zoneName: is required. Specify a DNS zone without a final period, for example corp.example.",
      ],
    );
  });

  it("show the value given and what is allowed", async () => {
    const [whole, port] = ["a whole number of minutes from 15 to 43200", "a whole number from 1 to 65535"];
    const wrong: [object, string][] = [
      [{ port: 0 }, `port: 0 is not allowed. Specify ${port}.`],
      [{ port: 65536 }, `port: 65536 is not allowed. Specify ${port}.`],
      [{ port: 0.5 }, `port: 0.5 is not allowed. Specify ${port}.`],
      [{ port: "1688" }, `port: "1688" is not allowed. Specify ${port}.`],
      [{ port: NaN }, `port: NaN is not allowed. Specify ${port}.`],
      [{ renewalIntervalMinutes: 14 }, `renewalIntervalMinutes: 14 is not allowed. Specify ${whole}.`],
      [{ activation: "later" }, 'activation: "later" is not allowed. Specify online, offline or none.'],
      [
        { clientPrefixes: ["10.20.0.256/16"] },
        'clientPrefixes[0]: "10.20.0.256/16" is not allowed. Specify an address prefix, for example 10.20.0.0/16.',
      ],
      [
        { firewallProfiles: ["Domain", "Public", "Domain"] },
        "firewallProfiles: a list whose items 0 and 2 are equal is not allowed. Specify a list of at least one item, no two of them equal; each item is Domain, Private or Public.",
      ],
      [
        { acknowledge: [{ code: "KMS2209", reason: "r", until: "2027-02-30" }] },
        'acknowledge[0].until: "2027-02-30" is not allowed. Specify a day as year, month and day, for example 2027-03-31.',
      ],
      [
        { machine: { azureVmId: "0b5ec3d5-5a4e-4d77-8c0c-0f4e7c2f1a11" } },
        'machine.azureVmId: "0b5ec3d5-5a4e-4d77-8c0c-0f4e7c2f1a11" is not allowed. Specify the Azure resource ID of a virtual machine: /subscriptions/…/virtualMachines/NAME. Of a virtual machine that the program declares, use .id, not .vmId.',
      ],
    ];
    for (const [change, message] of wrong) {
      assert.deepEqual(messages(await checkHost(change)), [`KMS1003 ${message}`]);
    }
  });

  it("say what stands where something else belongs", async () => {
    const circular: Record<string, unknown> = {};
    circular.machine = circular;
    const resource = {
      __pulumiResource: true,
      __pulumiType: "azure-native:compute:VirtualMachine",
      __name: "vm",
    };
    const wrong: [unknown, string][] = [
      [null, "null"],
      [[1, 2], "a list of 2"],
      ["text", '"text"'],
      [() => 1, "a function"],
      [Symbol("hidden"), "a symbol"],
      [pulumi.output([1]), "a list of 1"],
      [resource, "a resource"],
    ];
    for (const [machine, words] of wrong) {
      assert.deepEqual(messages(await checkHost({ machine })), [
        `KMS1003 machine: ${words} is not allowed. Specify { create, azureVmId, ssh, fqdn }.`,
      ]);
    }
    const ids: [unknown, string][] = [
      [circular, "an object"],
      [10n, "a bigint"],
      [resource, "a resource"],
      [[resource], "a list of 1"],
    ];
    for (const [id, words] of ids) {
      assert.match(
        messages(await checkHost({ machine: { azureVmId: id } })).join(),
        new RegExp(`azureVmId: ${words} is not`),
      );
    }
    assert.match(
      messages(await checkHost({ machine: { azureVmId: resource } })).join(),
      /\/virtualMachines\/NAME\. Give a property of that resource, such as its id or its name\.$/,
    );
    assert.deepEqual(
      (await checkHost(circular)).map(({ path }) => path),
      ["machine.machine"],
    );
  });

  it("report what is no object of arguments at all", async () => {
    for (const args of [null, undefined]) {
      assert.deepEqual(
        (await checkGroup(args)).map(({ path }) => path),
        ["machines"],
      );
    }
    for (const [args, words] of [
      [[], "an empty list"],
      ["text", '"text"'],
      [7, "7"],
      [() => 1, "a function"],
    ] as const) {
      assert.deepEqual(messages(await checkGroup(args)), [
        `KMS1003 ${words} is not allowed. Specify { machines, … }.`,
      ]);
    }
  });

  it("take resources of the right type alone as hosts", async () => {
    const group = (one: unknown) => checkGroup({ hosts: [one], machines: {} });
    const resource = (type: string) => ({ __pulumiResource: true, __pulumiType: type, __name: "kms" });
    assert.deepEqual(await group(resource("windows-kms:index:KMSHost")), []);
    assert.match(
      messages(await group(resource("azure-native:compute:VirtualMachine"))).join(),
      /hosts\[0\]: a resource of the type azure-native:compute:VirtualMachine is not allowed\. Specify a KMSHost\.$/,
    );
    const notItself =
      "Specify a KMSHost. It has to be the KMSHost itself, not its name or outputs. If another stack manages it, declare it in this program with readOnly: true.";
    assert.deepEqual(messages(await group("kms")), [
      `KMS1003 hosts[0]: a string is not allowed. ${notItself}`,
    ]);
    assert.deepEqual(messages(await group({ name: "kms" })), [
      `KMS1003 hosts[0]: an object is not allowed. ${notItself}`,
    ]);
  });

  it("report what an argument comes from as failed, and nothing else of it", async () => {
    const failed = Promise.reject(
      new Error("Required output 'vm' does not exist on stack 'organization/base/prod'."),
    );
    const [first, ...others] = await checkHost({ machine: { azureVmId: failed } });
    assert.deepEqual(others, []);
    assert.deepEqual([first.code, first.severity, first.path], ["KMS1015", "error", "machine.azureVmId"]);
    assert.match(
      first.message,
      /^KMS1015 machine\.azureVmId: the Output or promise that it comes from failed: Required output 'vm' does not exist on stack 'organization\/base\/prod'.*\. Correct that first\. An output of another stack has to exist there, under the same name\.$/,
    );
  });

  it("do not call missing or wrong what is not known", async () => {
    assert.deepEqual(
      await checkGroup({
        hosts: unknown,
        machines: { azureVmIds: [unknown, azureVmId, unknown], ssh: unknown },
        tags: unknown,
      }).then((all) => all.map(({ code, path }) => [code, path])),
      [
        ["KMS1006", "hosts"],
        ["KMS1006", "machines.ssh"],
      ],
    );
    const servers = [unknown, unknown];
    assert.deepEqual(
      await checkHost({ zones: [{ zoneName: "corp.example", dynamicUpdate: { servers } }] }),
      [],
    );
  });

  it("ask for what must be known at preview", async () => {
    assert.deepEqual(messages(await checkHost({ key: unknown, os: unknown })), [
      "KMS1006 key: must be known at preview because of keyGroup, but depends on a resource that does not exist yet. Use a plain value, a configuration value, or an output of a stack reference.",
      "KMS1006 os: must be known at preview, but depends on a resource that does not exist yet. Use a plain value, a configuration value, or an output of a stack reference.",
    ]);
  });

  it("report the same fault of many items once", async () => {
    const azureVmIds = [azureVmId, ...Array.from({ length: 99_999 }, (_, index) => `vm-${index}`)];
    const diagnostics = await checkGroup({ machines: { azureVmIds } });
    assert.deepEqual(messages(diagnostics), [
      'KMS1003 machines.azureVmIds[1]: "vm-0" is not allowed. Specify the Azure resource ID of a virtual machine: /subscriptions/…/virtualMachines/NAME. The same applies to 99,998 more items: machines.azureVmIds[2], machines.azureVmIds[3] and others.',
    ]);
    assert.equal(diagnostics[0]?.path, "machines.azureVmIds[1]");
  });

  it("report 99,999 equal faults once, whatever they are faults of", async () => {
    const many = <Value>(value: (index: number) => Value) =>
      Array.from({ length: 99_999 }, (_, index) => value(index));
    const named = (value: unknown) => Object.fromEntries(many((index) => [`name-${index}`, value]));
    const machines = { azureVmIds: [azureVmId] };
    const first = async (args: object) => {
      const [{ message }, ...others] = await checkGroup({ azureKms: true, machines, ...args });
      assert.deepEqual(others, []);
      return message;
    };
    assert.equal(
      await first({ tags: named(5) }),
      "KMS1003 tags.name-0: 5 is not allowed. Specify a text. The same applies to 99,998 more items: tags.name-1, tags.name-2 and others.",
    );
    const misspelt = many((index) => ({ host: `web-${index}`, portt: 22 }));
    assert.match(
      await first({ machines: { ssh: { machines: misspelt } } }),
      /^KMS1001 machines\.ssh\.machines\[0\]\.portt: .* Did you mean port\? The same applies to 99,998 more items: machines\.ssh\.machines\[1\]\.portt, /,
    );
    assert.match(
      await first({ machines: { ...machines, ...named(5) } }),
      /^KMS1001 machines\.name-0: .* The same applies to 99,998 more items: machines\.name-1, machines\.name-2 and others\.$/,
    );
  });

  it("report each of a few names that do not exist", async () => {
    const diagnostics = await checkHost({ portt: 1, adoptt: true, tag: {}, zone: [] });
    assert.deepEqual(
      diagnostics.map(({ path, message }) => [path, / Did you mean (\w+)\?$/.exec(message)?.[1]]),
      [
        ["portt", "port"],
        ["adoptt", "adopt"],
        ["tag", "tags"],
        ["zone", "zones"],
      ],
    );
  });

  it("report a few items one by one", async () => {
    const diagnostics = await checkHost({ clientPrefixes: ["a", "10.0.0.0/8", "b", "c"] });
    assert.deepEqual(
      diagnostics.map(({ path }) => path),
      ["clientPrefixes[0]", "clientPrefixes[2]", "clientPrefixes[3]"],
    );
  });
});
