import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { stopMocks } from "../declared-resources";
import { key, secret, valueOf } from "../host/mocked-host";
import { activationType, mockedProgram, type MockedProgram, stored, subnetId, vmId } from "./mocked-group";

const system = { os: "Windows Server 2022", edition: "Datacenter" };
const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";
const create = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests", count: 2 };
const fingerprint = (letter: string) => `SHA256:${letter.repeat(43)}`;
const ssh = {
  user: "admin",
  privateKey: "an invented key",
  port: 2222,
  machines: [
    { host: "10.0.0.7", hostKeyFingerprint: fingerprint("a") },
    { host: "10.0.0.8", hostKeyFingerprint: fingerprint("b"), port: 22, user: "other", password: "invented" },
  ],
};

describe("a KMSClientGroup on Pulumi's mocks", () => {
  let program: MockedProgram;

  beforeEach(async () => {
    program = await mockedProgram();
  });
  afterEach(stopMocks);

  const activation = () => program.inputsOf("web-activation");

  it("hands everything to its activation that the handler needs, and defaults for what is left out", async () => {
    await program.group({ hosts: [program.host()], ...system, machines: { azureVmIds: [vmId("a")] } });
    assert.deepEqual(program.children(), ["web-activation ClientActivation"]);
    assert.equal(program.declared.find(({ name }) => name === "web-activation")?.type, activationType);
    const { __provider: _provider, findings, ...inputs } = activation();
    assert.match(JSON.stringify(findings), /^\[\{"code":"KMS2211","message":"KMS2211 machines[^[\]]*\}\]$/);
    assert.deepEqual(inputs, {
      kind: "ClientActivation",
      name: "web",
      machines: [{ name: "a", azureVmId: vmId("a") }],
      ...system,
      office: "",
      officeProduct: "",
      setupKey,
      hosts: [
        { name: "kms", keyGroup: key.keyGroup, os: "Windows Server 2022", office: [], readOnly: false },
      ],
      hostMachines: [vmId("kms").toLowerCase()],
      hostConnections: [{ name: "kms", azureVmId: vmId("kms") }],
      refresh: {},
      hostsReady: true,
      discovery: "dns",
      lookupDomain: "corp.example",
      hostNames: ["KMS1.corp.example"],
      hostAddresses: [],
      threshold: 5,
      rollout: {},
      timeoutMinutes: 0,
      onRemove: "leave",
      offlineDays: 0,
      tags: {},
      strict: false,
      acknowledge: [],
    });
  });

  it("hands on what the preview reported of it and its hosts that explains failures, and nothing else", async () => {
    const host = program.host({
      os: "Windows Server 2016",
      key: { ...key, keyGroup: "Volume License for Windows Server 2022" },
      machine: {
        create: {
          resourceGroupName: "rg",
          subnetId,
          adminUsername: "kmsadmin",
          adminPassword: "An-invented-1",
        },
      },
      clientPrefixes: ["10.0.0.0/8"],
      firewallProfiles: ["Domain"],
      acknowledge: [{ code: "KMS2115", reason: "joined later" }],
    });
    await program.group({ hosts: [host], ...system, machines: { azureVmIds: [vmId("a")] } });
    const findings = activation().findings as { code: string; message: string }[];
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["KMS2207", "KMS2211", "KMS2115"],
    );
    assert.match(findings[0].message, /^KMS2207 hosts/);
    assert.match(
      findings[2].message,
      /^KMSHost kms: KMS2115 firewallProfiles: .*\(acknowledged: joined later\)$/,
    );
  });

  it("hands on what the program gives", async () => {
    const given = {
      setupKey,
      lookupDomain: "other.example",
      onRemove: "clearKmsHost",
      rollout: { canary: 1, maxConcurrent: 7, maxFailuresPercent: 10, unreachable: "fail" },
      timeoutMinutes: 30,
      tags: { team: "web" },
      strict: false,
      acknowledge: [{ code: "KMS2218", reason: "a forwarder answers", until: "2999-12-31" }],
    };
    await program.group({
      hosts: [program.host()],
      ...system,
      ...given,
      machines: { azureVmIds: [vmId("a")] },
    });
    const { __provider: _provider, ...inputs } = activation();
    for (const [name, value] of Object.entries(given)) {
      assert.deepEqual(inputs[name], value, name);
    }
  });

  it("adds up its sources: created machines, IDs and machines over SSH", async () => {
    const group = await program.group({
      hosts: [program.host()],
      ...system,
      machines: { create, azureVmIds: [vmId("a"), vmId("b")], ssh },
      tags: { team: "web" },
    });
    assert.deepEqual(program.children().sort(), [
      "web-1-nic NetworkInterface",
      "web-1-vm VirtualMachine",
      "web-2-nic NetworkInterface",
      "web-2-vm VirtualMachine",
      "web-activation ClientActivation",
    ]);
    for (const name of ["web-1-nic", "web-1-vm", "web-2-nic", "web-2-vm", "web-activation"]) {
      assert.deepEqual(program.inputsOf(name).tags, { team: "web" }, name);
    }
    assert.deepEqual(await valueOf(group.azureVmIds), ["web-1-vm-id", "web-2-vm-id", vmId("a"), vmId("b")]);
    const machines = (activation().machines as { value: { name: string }[] }).value;
    assert.deepEqual(
      machines.map(({ name }) => name),
      ["WEB-1-VM", "WEB-2-VM", "a", "b", "10.0.0.7:2222", "10.0.0.8"],
    );
  });

  it("makes no outputs of members that are known, of which a large group has thousands", async () => {
    const seen: { name: unknown }[] = [];
    const see: pulumi.ResourceTransformation = ({ type, props }) => {
      if (type === activationType) {
        seen.push(...(props as { machines: typeof seen }).machines);
      }
      return undefined;
    };
    const later = pulumi.output(Promise.resolve(vmId("later")));
    const machines = { azureVmIds: [vmId("known"), later], ssh };
    await program.group({ hosts: [program.host()], ...system, machines }, "web", { transformations: [see] });
    const [known, output, ...overSsh] = seen;
    assert.deepEqual(known, { azureVmId: vmId("known"), name: "known" });
    assert.ok(pulumi.Output.isInstance(output.name));
    assert.deepEqual(
      overSsh.map(({ name }) => name),
      ["10.0.0.7:2222", "10.0.0.8"],
    );
  });

  it("stores the common sign-in of machines over SSH once, and of each machine what it has of its own", async () => {
    await program.group({ hosts: [program.host()], ...system, machines: { ssh } });
    assert.deepEqual(activation().ssh, secret({ user: "admin", privateKey: "an invented key" }));
    assert.deepEqual(
      activation().machines,
      secret([
        {
          name: "10.0.0.7:2222",
          ssh: { host: "10.0.0.7", port: 2222, hostKeyFingerprint: fingerprint("a") },
        },
        { name: "10.0.0.8", ssh: { ...ssh.machines[1] } },
      ]),
    );
  });

  it("has the members as the handler keeps them as outputs, with their full Azure IDs", async () => {
    const group = await program.group({
      hosts: [program.host()],
      ...system,
      machines: { azureVmIds: [vmId("a"), vmId("b")] },
    });
    const { scope: _scope, currentCount: _count, ...common } = stored.common;
    assert.deepEqual(await valueOf(group.members), [
      {
        ...common,
        name: "a",
        azureVmId: vmId("a"),
        status: "Licensed",
        currentCount: 2,
        expiresAt: "2026-06-30T00:00Z",
      },
      { ...common, name: "b", azureVmId: vmId("b"), status: "Pending" },
    ]);
    assert.deepEqual(await valueOf(group.memberCounts), { Licensed: 1, Pending: 1 });
    assert.equal(await valueOf(group.machinesMissing), 3);
    assert.deepEqual(await valueOf(group.azureVmIds), [vmId("a"), vmId("b")]);
    const codes = (await valueOf(group.diagnostics)).map(({ code, severity }) => `${code} ${severity}`);
    assert.deepEqual(codes, ["KMS2211 warning", "KMS2226 info"]);
  });

  it("takes its members as found where neither os nor edition is declared", async () => {
    await program.group({ hosts: [program.host()], machines: { azureVmIds: [vmId("a")] } });
    const { os, edition, setupKey: chosen, threshold } = activation();
    assert.deepEqual([os, edition, chosen, threshold], ["", "", "", 0]);
  });

  it("activates Professional Plus of an Office version, unless the program names a product", async () => {
    const officeKeys = [{ office: "LTSC 2024", productKey: "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K" }];
    const hosts = [program.host({ officeKeys })];
    const machines = { azureVmIds: [vmId("a")] };
    await program.group({ hosts, office: { version: "LTSC 2024" }, machines });
    const { office, officeProduct, threshold, setupKey: chosen, hosts: known, hostsReady } = activation();
    assert.deepEqual([office, officeProduct], ["Office LTSC 2024", "Office LTSC Professional Plus 2024"]);
    assert.deepEqual([threshold, chosen, hostsReady], [5, "XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB", true]);
    assert.deepEqual((known as { office: string[] }[])[0].office, ["Office LTSC 2024"]);
    const product = "Visio LTSC Professional 2024";
    await program.group(
      { hosts, office: { version: "LTSC 2024", product }, machines: { azureVmIds: [vmId("b")] } },
      "visio",
    );
    assert.equal(program.inputsOf("visio-activation").officeProduct, product);
  });

  it("pins members to its hosts where these are in no common zone", async () => {
    const hosts = [
      program.host(),
      program.host({ zones: [], machine: { azureVmId: vmId("kms2"), fqdn: "kms2.example" } }, "kms2"),
    ];
    await program.group({ hosts, ...system, machines: { azureVmIds: [vmId("a")] } });
    const { discovery, lookupDomain, hostAddresses } = activation();
    assert.deepEqual([discovery, lookupDomain], ["fixedHost", ""]);
    assert.deepEqual(hostAddresses, [
      { name: "KMS1.corp.example", port: 1688 },
      { name: "kms2.example", port: 1688 },
    ]);
  });

  it("takes strict from the stack's configuration where the program leaves it out", async () => {
    pulumi.runtime.setAllConfig({ "windows-kms:strict": "true" });
    try {
      const acknowledge = [{ code: "KMS2211", reason: "more to come" }];
      await program.group({
        hosts: [program.host()],
        ...system,
        acknowledge,
        machines: { azureVmIds: [vmId("a")] },
      });
      assert.equal(activation().strict, true);
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });

  it("may be given as one secret Output, and keeps names readable that the catalogue knows", async () => {
    const machines = pulumi.secret({ azureVmIds: [vmId("a")] });
    await program.group({ hosts: [program.host()], ...system, machines });
    const [machine] = (activation().machines as { value: { azureVmId: string }[] }).value;
    assert.equal(machine.azureVmId, vmId("a"));
    assert.equal(activation().os, system.os);
  });
});
