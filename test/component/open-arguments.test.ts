import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { kmsClientGroupTree, kmsHostTree } from "../../provider/component/argument-tree.generated";
import { openArguments } from "../../provider/component/open-arguments";
import { outputState } from "../../provider/engine/sdk-internals";
import type { KMSClientGroupInputs } from "../../provider/group/inputs.generated";
import type { KMSHostInputs } from "../../provider/host/inputs.generated";
import type { KMSClientGroupValues, KMSHostValues } from "../../provider/rules/args.generated";

const unknown = pulumi.output(pulumi.unknown) as pulumi.Output<never>;
const keyGroup = "Volume License for Windows Server 2022";
const productKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";

const openHost = (args: unknown) => openArguments<KMSHostInputs, KMSHostValues>(args, kmsHostTree);
const openGroup = (args: unknown) =>
  openArguments<KMSClientGroupInputs, KMSClientGroupValues>(args, kmsClientGroupTree);

/** What an input resolves to, and whether it is a secret. */
async function resolved(input: unknown): Promise<{ value: unknown; secret: boolean }> {
  assert.ok(pulumi.Output.isInstance(input), `${String(typeof input)} is no Output`);
  const { value, secret } = await outputState(input);
  return { value, secret };
}

describe("opened arguments", () => {
  it("are as they were given where all is plain, with declared secrets marked", async () => {
    const {
      inputs,
      values,
      unknown: paths,
    } = await openHost({
      key: { keyGroup, productKey },
      machine: { azureVmId: "id" },
      zones: [{ zoneName: "corp.example", priority: 3 }],
      tags: { team: "licensing" },
    });
    assert.deepEqual(values, {
      key: { keyGroup, productKey },
      machine: { azureVmId: "id" },
      zones: [{ zoneName: "corp.example", priority: 3 }],
      tags: { team: "licensing" },
    });
    assert.equal(inputs.key?.keyGroup, keyGroup);
    assert.deepEqual(await resolved(inputs.key?.productKey), { value: productKey, secret: true });
    assert.deepEqual(inputs.zones, values.zones);
    assert.equal(paths.size, 0);
  });

  it("open one secret Output of an object, with each leaf a secret", async () => {
    const { inputs, values, isSecret } = await openHost({
      key: pulumi.secret({ keyGroup, productKey }),
      port: 1688,
    });
    assert.deepEqual(values, { key: { keyGroup, productKey }, port: 1688 });
    assert.deepEqual(await resolved(inputs.key?.keyGroup), { value: keyGroup, secret: true });
    assert.deepEqual(await resolved(inputs.key?.productKey), { value: productKey, secret: true });
    assert.deepEqual(["key", "key.keyGroup", "key.productKey"].map(isSecret), [true, true, true]);
    assert.deepEqual(["port", "keys", "ke", ""].map(isSecret), [false, false, false, false]);
  });

  it("open an Output of an object that is no secret, with the declared secret alone a secret", async () => {
    const { inputs, isSecret } = await openHost({ key: pulumi.output({ keyGroup, productKey }) });
    assert.deepEqual(await resolved(inputs.key?.keyGroup), { value: keyGroup, secret: false });
    assert.deepEqual(await resolved(inputs.key?.productKey), { value: productKey, secret: true });
    assert.deepEqual(["key", "key.keyGroup", "key.productKey"].map(isSecret), [false, false, true]);
  });

  it("open Outputs and promises in Outputs and promises", async () => {
    const zone = pulumi
      .output(1)
      .apply(() => ({ zoneName: Promise.resolve("corp.example"), weight: pulumi.output(2) }));
    const { inputs, values } = await openHost({
      zones: Promise.resolve([zone, { zoneName: pulumi.output("lab.example") }]),
      machine: pulumi.output({ ssh: pulumi.output({ host: "kms", jump: { host: pulumi.secret("jump") } }) }),
    });
    assert.deepEqual(values, {
      zones: [{ zoneName: "corp.example", weight: 2 }, { zoneName: "lab.example" }],
      machine: { ssh: { host: "kms", jump: { host: "jump" } } },
    });
    assert.deepEqual(await resolved(inputs.zones?.[0]?.weight), { value: 2, secret: false });
    const ssh = inputs.machine.ssh as { jump: { host: unknown } };
    assert.deepEqual(await resolved(ssh.jump.host), { value: "jump", secret: true });
  });

  it("keep secretness apart among the members of an Output that has Outputs in it", async () => {
    const key = pulumi.output(1).apply(() => ({ keyGroup, productKey: pulumi.secret(productKey) }));
    const { inputs, isSecret } = await openHost({ key });
    assert.equal(isSecret("key.keyGroup"), false);
    assert.deepEqual(await resolved(inputs.key?.keyGroup), { value: keyGroup, secret: false });
  });

  it("leave out what is not known, and name it", async () => {
    const opened = await openHost({
      key: { keyGroup: unknown, productKey: unknown },
      machine: { create: { resourceGroupName: "rg", subnetId: unknown } },
    });
    assert.deepEqual(opened.values, { key: {}, machine: { create: { resourceGroupName: "rg" } } });
    assert.deepEqual([...opened.unknown], ["key.keyGroup", "key.productKey", "machine.create.subnetId"]);
    assert.deepEqual(opened.undecided, [{ path: "key.keyGroup", members: [] }]);
    assert.equal(
      (await outputState(opened.inputs.machine.create?.subnetId as pulumi.Output<string>)).known,
      false,
    );
    assert.equal((await outputState(opened.inputs.key?.productKey as pulumi.Output<string>)).secret, true);
  });

  it("keep a whole object that is not known as an Output, and say which of its members decide", async () => {
    const opened = await openHost({
      key: unknown,
      machine: { azureVmId: "id", ssh: unknown },
      zones: unknown,
    });
    assert.deepEqual(opened.values, { machine: { azureVmId: "id" } });
    assert.deepEqual([...opened.unknown], ["key", "machine.ssh", "zones"]);
    assert.deepEqual(opened.undecided, [
      { path: "key", members: ["keyGroup"] },
      { path: "zones", members: ["zoneName", "publishedBy", "addressRecord"] },
    ]);
    assert.ok(pulumi.Output.isInstance(opened.inputs.key));
  });

  it("know what is known beside unknown members of one Output", async () => {
    const key = pulumi.output({ keyGroup, productKey: unknown });
    const { inputs, values, unknown: paths } = await openHost({ key });
    assert.deepEqual(values, { key: { keyGroup } });
    assert.deepEqual([...paths], ["key.productKey"]);
    assert.deepEqual(await resolved(inputs.key?.keyGroup), { value: keyGroup, secret: false });
  });

  it("keep the places of unknown items of a list, in an Output or not", async () => {
    const ids = ["a", unknown, "c"];
    for (const azureVmIds of [ids, pulumi.output(ids)]) {
      const { inputs, values, unknown: paths } = await openGroup({ machines: { azureVmIds } });
      assert.deepEqual(values, { machines: { azureVmIds: ["a", undefined, "c"] } });
      assert.deepEqual([...paths], ["machines.azureVmIds[1]"]);
      assert.equal(Array.isArray(inputs.machines.azureVmIds), azureVmIds === ids);
    }
    const { values } = await openGroup({ machines: { ssh: { machines: [unknown, { host: "b" }] } } });
    assert.deepEqual(values.machines?.ssh?.machines, [{}, { host: "b" }]);
  });

  it("keep a list of single values in one Output, and open one that decides", async () => {
    const prefixes = ["10.0.0.0/8", "fd00::/8"];
    const opened = await openHost({
      clientPrefixes: pulumi.secret(prefixes),
      assume: { updates: pulumi.secret(["KB3172614"]) },
    });
    assert.deepEqual(opened.values, { clientPrefixes: prefixes, assume: { updates: ["KB3172614"] } });
    assert.deepEqual(await resolved(opened.inputs.clientPrefixes?.[1]), { value: "fd00::/8", secret: true });
    const { updates } = opened.inputs.assume as { updates: unknown };
    assert.deepEqual(await resolved(updates), { value: ["KB3172614"], secret: true });
    assert.equal(opened.isSecret("assume.updates[0]"), true);
  });

  it("leave out members whose Output has no value", async () => {
    const { inputs, values } = await openHost({
      port: pulumi.output(undefined),
      machine: { fqdn: undefined },
    });
    assert.deepEqual(values, { machine: {} });
    assert.deepEqual(inputs, { machine: {} });
  });

  it("keep the dependencies of an Output in each leaf", async () => {
    const resource = { __pulumiResource: true } as unknown as pulumi.Resource;
    const Output = pulumi.Output as unknown as new (...given: unknown[]) => pulumi.Output<unknown>;
    const key = new Output(
      [resource],
      Promise.resolve({ keyGroup }),
      Promise.resolve(true),
      Promise.resolve(false),
      Promise.resolve(new Set([resource])),
    );
    const { inputs } = await openHost({ key });
    const leaf = inputs.key?.keyGroup as unknown as { allResources(): Promise<Set<pulumi.Resource>> };
    assert.deepEqual([...(await leaf.allResources())], [resource]);
  });

  it("name resources, and keep them beside the values", async () => {
    const host = { __pulumiResource: true, __pulumiType: "windows-kms:index:KMSHost", __name: "kms" };
    const { inputs, values, resources } = await openGroup({ hosts: [host, pulumi.output(host)] });
    assert.deepEqual(values, { hosts: ["kms", "kms"] });
    assert.deepEqual(
      [...resources],
      [
        ["hosts[0]", host],
        ["hosts[1]", host],
      ],
    );
    assert.equal(inputs.hosts?.[0], host);
  });

  it("take members of any name in a map", async () => {
    const tags = { apply: "a", get: "b", "cost.centre": "c", then: "d" };
    for (const given of [tags, pulumi.output(tags)]) {
      assert.deepEqual((await openHost({ tags: given })).values.tags, tags);
    }
    const { isSecret } = await openHost({ tags: { "cost.centre": pulumi.secret("c") } });
    assert.deepEqual(['tags["cost.centre"]', "tags.cost"].map(isSecret), [true, false]);
  });

  it("are unknown where an Output of the program fails, with the reason", async () => {
    const {
      values,
      unknown: paths,
      failed,
    } = await openHost({
      port: Promise.reject(new Error("the program's own.")),
      machine: pulumi.output({ azureVmId: "id" }).apply((given) => JSON.parse(given.azureVmId)),
      key: { keyGroup, productKey: Promise.reject(new RangeError(`no key: ${productKey}`)) },
      os: Promise.reject(new Error("Required output 'os' does not exist on stack 'a/b/c'.")),
    });
    assert.deepEqual(values, { key: { keyGroup } });
    assert.deepEqual([...paths].sort(), ["key.productKey", "machine", "os", "port"]);
    const reasons = new Map(failed.map(({ path, reason }) => [path, reason]));
    assert.match(reasons.get("port")!, /^the program's own, at .*open-arguments\.test\.ts:\d+$/);
    assert.match(reasons.get("machine")!, /^SyntaxError, not shown here, at .*open-arguments\.test\.ts:\d+$/);
    assert.match(reasons.get("key.productKey")!, /^RangeError, not shown here, at /);
    assert.match(reasons.get("os")!, /^Required output 'os' does not exist on stack 'a\/b\/c', at /);
  });

  it("say what is named and undefined", async () => {
    const { absent, values } = await openHost({
      key: { keyGroup, productKey: undefined },
      machine: pulumi.output({ azureVmId: undefined, fqdn: "kms.corp.example" }),
      port: pulumi.output(undefined),
      os: Promise.resolve(undefined),
    });
    assert.deepEqual([...absent].sort(), ["key.productKey", "machine.azureVmId", "os", "port"]);
    assert.deepEqual(values, { key: { keyGroup }, machine: { fqdn: "kms.corp.example" } });
  });
});
