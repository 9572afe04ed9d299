import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import { stopMocks } from "../declared-resources";
import { found, valueOf } from "../host/mocked-host";
import { isKnown, mockedProgram, type MockedProgram, subnetId, vmId } from "./mocked-group";

const system = { os: "Windows Server 2022", edition: "Datacenter" };
const create = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests", count: 2 };
const ssh = { user: "admin", machines: [{ host: "10.0.0.7" }] };

describe("a KMSClientGroup in a preview on Pulumi's mocks", () => {
  let program: MockedProgram;
  const unknown = <T>() => pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;

  beforeEach(async () => {
    program = await mockedProgram({ preview: true, host: {} });
  });
  afterEach(stopMocks);

  it("knows the IDs of existing machines, and nothing of the members", async () => {
    const group = await program.group({
      hosts: [program.host()],
      ...system,
      machines: { azureVmIds: [vmId("a"), vmId("b")] },
    });
    assert.deepEqual(await valueOf(group.azureVmIds), [vmId("a"), vmId("b")]);
    for (const output of [group.members, group.machinesMissing, group.memberCounts]) {
      assert.equal(await isKnown(output), false);
    }
  });

  it("leaves an ID that is not known yet alone among the others", async () => {
    await program.group({
      hosts: [program.host()],
      ...system,
      machines: { azureVmIds: [vmId("a"), unknown<string>(), vmId("c")] },
    });
    const machines = program.inputsOf("web-activation").machines as { name: unknown; azureVmId: unknown }[];
    assert.deepEqual(
      machines.map(({ name, azureVmId }) =>
        pulumi.isUnknown(azureVmId) && pulumi.isUnknown(name) ? "unknown" : name,
      ),
      ["a", "unknown", "c"],
    );
  });

  it("takes a list of IDs that is not known yet", async () => {
    const group = await program.group({
      hosts: [program.host()],
      ...system,
      machines: { azureVmIds: unknown<string[]>(), create: { ...create, count: 1 } },
    });
    assert.deepEqual(program.children().sort(), [
      "web-1-nic NetworkInterface",
      "web-1-vm VirtualMachine",
      "web-activation ClientActivation",
    ]);
    assert.ok(pulumi.isUnknown(program.inputsOf("web-activation").machines));
    assert.equal(await isKnown(group.azureVmIds), false);
  });

  for (const [name, args] of Object.entries({
    os: { os: unknown<string>(), edition: "Datacenter" },
    "office.version": { office: { version: unknown<string>() } },
    "machines.create.count": { machines: { create: { ...create, count: unknown<number>() } } },
    azureKms: { azureKms: unknown<boolean>(), hosts: undefined },
  })) {
    it(`KMS1006: must know ${name}, and declares no children otherwise`, async () => {
      const group = await program.group({
        hosts: [program.host()],
        ...system,
        machines: { azureVmIds: [vmId("a")] },
        ...args,
      });
      const errors = (await valueOf(group.diagnostics)).filter(({ severity }) => severity === "error");
      assert.deepEqual(
        errors.map(({ code, path }) => `${code} ${path}`),
        [`KMS1006 ${name}`],
      );
      assert.deepEqual(program.children(), []);
    });
  }

  it("declares no children where a rule is broken, and lists the errors as an output", async () => {
    const group = await program.group({
      hosts: [program.host()],
      os: "Windows Server 2025",
      edition: "Datacenter",
      machines: { azureVmIds: [vmId("a")] },
    });
    const errors = (await valueOf(group.diagnostics)).filter(({ severity }) => severity === "error");
    assert.deepEqual(
      errors.map(({ code, path }) => `${code} ${path}`),
      ["KMS2013 hosts[0]"],
    );
    assert.deepEqual(program.children(), []);
    assert.equal(await isKnown(group.members), false);
  });

  it("registers no argument of a group with a mistyped name, so that a secret behind it is not stored", async () => {
    const args = { machines: { ssh: { ...ssh, pasword: "invented" } }, hosts: [program.host()] };
    await program.group(args);
    const { inputs } = program.declared.find(({ name }) => name === "web")!;
    assert.ok(!JSON.stringify(inputs).includes("invented"));
  });

  it("waits for hosts that are not activated yet", async () => {
    const waiting = await mockedProgram({ host: { ...found, licenseStatus: "Notification" } });
    await waiting.group({ hosts: [waiting.host()], ...system, machines: { azureVmIds: [vmId("a")] } });
    assert.equal(waiting.inputsOf("web-activation").hostsReady, false);
  });

  it("is recognised by its type", async () => {
    const group = await program.group({ azureKms: true, ...system, machines: { azureVmIds: [vmId("a")] } });
    assert.ok(group instanceof KMSClientGroup);
    assert.equal(
      program.declared.find(({ name }) => name === "web")?.type,
      "windows-kms:index:KMSClientGroup",
    );
  });
});
