import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KMSHost } from "../../provider/host/kms-host";
import { formats } from "../../scripts/arguments/formats";
import { stopMocks } from "../declared-resources";
import { labKey } from "../rules/program";
import {
  activationType,
  azureVmId,
  errorsOf,
  found,
  key,
  mockedProgram,
  type MockedProgram,
  officeKey,
  os,
  recordType,
  secret,
  subnetId,
  valueOf,
  zoneId,
  zones,
} from "./mocked-host";

const ssh = {
  host: "10.0.0.9",
  user: "admin",
  password: "invented",
  hostKeyFingerprint: `SHA256:${"a".repeat(43)}`,
};
const create = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests" };

describe("a KMSHost on Pulumi's mocks", () => {
  let program: MockedProgram;

  beforeEach(async () => {
    program = await mockedProgram();
  });
  afterEach(stopMocks);

  it("declares machine, activation and record of a host that is created", async () => {
    const tags = { team: "licensing" };
    const host = await program.host({
      key,
      os,
      machine: { create },
      clientPrefixes: ["10.20.0.0/16"],
      zones,
      tags,
    });
    assert.deepEqual(program.children().sort(), [
      "kms-activation HostActivation",
      "kms-machine CreatedMachine",
      "kms-nic NetworkInterface",
      "kms-nsg NetworkSecurityGroup",
      "kms-srv SrvRecord",
      "kms-vm VirtualMachine",
    ]);
    assert.deepEqual(
      program.declared.filter(({ name }) => /activation|srv/.test(name)).map(({ type }) => type),
      [activationType, recordType],
    );
    for (const name of ["kms-nsg", "kms-nic", "kms-vm", "kms-activation"]) {
      assert.deepEqual(program.inputsOf(name).tags, tags, name);
    }
    assert.equal(program.inputsOf("kms-vm").identity, undefined, "nothing uses an identity of the machine");
    assert.equal(await valueOf(host.fqdn), "kms.corp.example");
    assert.deepEqual(await valueOf(host.names), ["kms.corp.example"]);
    assert.deepEqual(await valueOf(host.zoneNames), ["corp.example"]);
    assert.equal(await valueOf(host.azureVmId), "kms-vm-id");
    assert.equal(await valueOf(host.networkSecurityGroupId), "kms-nsg-id");
    assert.equal(await valueOf(host.networkInterfaceId), "kms-nic-id");
    assert.equal(await valueOf(host.privateIpAddress), "10.20.1.4");
    assert.equal(await valueOf(host.port), 1688);
    assert.equal(await valueOf(host.os), os);
    assert.equal(await valueOf(host.edition), "Datacenter");
    assert.equal(await valueOf(host.keyGroup), key.keyGroup);
  });

  it("hands everything to the activation that the handler needs, and defaults for what is left out", async () => {
    const counted = { ledger: "file:///ledger", activationsSpent: { hosts: 1, activations: 2 } };
    await program.host({
      key: { ...key, ...counted },
      machine: { azureVmId },
      confirmationId: "111111-".repeat(8).slice(0, -1),
      activation: "offline",
      lowPriority: true,
    });
    const { __provider: _provider, ...inputs } = program.inputsOf("kms-activation");
    assert.deepEqual(inputs, {
      kind: "HostActivation",
      name: "kms",
      stack: "organization/project/stack",
      azureVmId,
      acknowledge: [],
      timeoutMinutes: 60,
      readOnly: false,
      adopt: false,
      keepMachine: true,
      findings: [],
      keyGroup: key.keyGroup,
      productKey: secret(labKey),
      activation: "offline",
      confirmationId: secret("1".repeat(48)),
      ...counted,
      settings: {
        installRole: true,
        port: 1688,
        activationIntervalMinutes: 120,
        renewalIntervalMinutes: 10_080,
        lowPriority: true,
        dnsPublishing: true,
        publishedDomains: [],
        firewallProfiles: ["Domain", "Private", "Public"],
      },
    });
  });

  it("hands on a confirmation ID as Microsoft prints it, in groups between blanks, without these", async () => {
    await program.host({
      key: { ...key, ledger: "file:///ledger" },
      machine: { azureVmId },
      confirmationId: " 111111 - 222222 33333344444455555566666677777788888 8 ",
      activation: "offline",
    });
    assert.deepEqual(
      program.inputsOf("kms-activation").confirmationId,
      secret("111111222222333333444444555555666666777777888888"),
    );
    assert.doesNotMatch("1".repeat(47), new RegExp(formats.confirmationId.pattern));
    assert.doesNotMatch("1".repeat(49), new RegExp(formats.confirmationId.pattern));
  });

  it("has what was found on an existing Azure machine as outputs, and its private address as name", async () => {
    const host = await program.host({ key, machine: { azureVmId } });
    assert.deepEqual(program.children(), ["kms-activation HostActivation"]);
    assert.equal(await valueOf(host.fqdn), "10.20.1.5");
    assert.equal(await valueOf(host.privateIpAddress), "10.20.1.5");
    assert.equal(await valueOf(host.os), os);
    assert.equal(await valueOf(host.edition), "Datacenter");
    assert.equal(await valueOf(host.machineId), found.machineId);
    assert.equal(await valueOf(host.partialProductKey), "N2W2K");
    assert.equal(await valueOf(host.licenseStatus), "Licensed");
    assert.equal(await valueOf(host.currentCount), 5);
    assert.equal(await valueOf(host.activatedAt), "2026-01-01T00:00:00Z");
    assert.equal(await valueOf(host.installationId), undefined);
    assert.equal(await valueOf(host.networkSecurityGroupId), undefined);
  });

  it("is reached over SSH under its name in its domain, unless the program names it", async () => {
    const host = await program.host({ key, machine: { ssh } });
    assert.equal(await valueOf(host.fqdn), "KMS1.ad.example");
    assert.equal(await valueOf(host.azureVmId), undefined);
    assert.equal(await pulumi.isSecret(host.fqdn), false);
    assert.deepEqual(program.inputsOf("kms-activation").ssh, secret(ssh));
    const named = await program.host(
      {
        key,
        machine: { ssh: { ...ssh, host: "10.0.0.99" }, fqdn: "kms.example" },
        zones: [{ zoneName: "corp.example", dynamicUpdate: { servers: ["10.0.0.4"] } }],
      },
      "named",
    );
    assert.equal(await valueOf(named.fqdn), "kms.example");
    assert.deepEqual(await valueOf(named.names), ["kms.example", "KMS1.corp.example"]);
  });

  it("has one activation for each version of Office, the settings with the key of Windows alone", async () => {
    const officeKeys = [
      { office: "LTSC 2024", productKey: officeKey },
      { office: "2019", productKey: labKey },
    ];
    const host = await program.host({ key, machine: { azureVmId }, officeKeys: officeKeys.slice(0, 1) });
    const [, name] = program.children();
    assert.match(name, /^kms-\w+-activation HostActivation$/);
    const inputs = program.inputsOf(name.split(" ")[0]);
    assert.equal(inputs.settings, undefined);
    assert.deepEqual(inputs.productKey, secret(officeKey));
    assert.match(inputs.activationId as string, /^[0-9a-f-]{36}$/);
    const [state] = await valueOf(host.officeStates);
    assert.deepEqual(state, {
      office: "Office LTSC 2024",
      partialProductKey: found.partialProductKey,
      licenseStatus: "Licensed",
      currentCount: 5,
      activatedAt: found.activatedAt,
    });
  });

  it("may have keys of Office alone: the first brings the settings along, and the outputs are its own", async () => {
    const officeKeys = [
      { office: "LTSC 2024", productKey: officeKey },
      { office: "LTSC 2021", productKey: "NKMSN-NNNNN-R2N2P-NBXTN-N4N4K" },
    ];
    const host = await program.host({ machine: { azureVmId }, officeKeys, port: 1700 });
    const [first, second] = program.declared.filter(({ type }) => type === activationType);
    assert.equal((first.inputs.settings as { port: number }).port, 1700);
    assert.equal(second.inputs.settings, undefined);
    assert.equal(program.children().length, 2);
    assert.equal(await valueOf(host.machineId), found.machineId);
    assert.equal(await valueOf(host.licenseStatus), "Licensed");
    assert.equal(await valueOf(host.keyGroup), undefined);
    assert.equal((await valueOf(host.officeStates)).length, 2);
  });

  it("gives each zone a record, in the subscription that the zone's ID names", async () => {
    await program.host({
      key,
      machine: { azureVmId },
      port: 1700,
      zones: [
        { ...zones[0], priority: 10, weight: 5, ttlSeconds: 60 },
        { zoneName: "lab.example", dynamicUpdate: { servers: ["10.0.0.4"] } },
        {
          zoneName: "third.example",
          azurePrivateZoneId: zoneId.replace("corp", "third"),
          addressRecord: false,
        },
      ],
    });
    const { __provider: _provider, ...first } = program.inputsOf("kms-srv");
    assert.deepEqual(first, {
      kind: "SrvRecord",
      name: "kms",
      zone: { zoneName: "corp.example", azurePrivateZoneId: zoneId },
      computerName: "KMS1",
      target: "KMS1.corp.example",
      priority: 10,
      weight: 5,
      port: 1700,
      ttlSeconds: 60,
      publishedBy: "package",
      addressRecord: "10.20.1.5",
      ready: true,
      readOnly: false,
      entry: {
        ledger: "file://./kms-ledger",
        keyFingerprint: "",
        machineId: found.machineId,
        stack: "organization/project/stack",
      },
    });
    assert.deepEqual(program.inputsOf("kms-srv-2").zone, {
      zoneName: "lab.example",
      dynamicUpdate: { servers: ["10.0.0.4"] },
    });
    assert.equal(program.inputsOf("kms-srv-2").addressRecord, undefined);
    assert.equal(program.inputsOf("kms-srv-3").addressRecord, undefined);
    assert.equal(
      (program.inputsOf("kms-activation").settings as { dnsPublishing: boolean }).dnsPublishing,
      false,
    );
  });

  it("puts the zones that Windows publishes on Windows' own list", async () => {
    await program.host({
      key,
      machine: { ssh },
      zones: [
        { zoneName: "corp.example", publishedBy: "windows", priority: 10 },
        { zoneName: "lab.example", dynamicUpdate: { servers: ["10.0.0.4"] } },
      ],
    });
    const { dnsPublishing, publishedDomains } = program.inputsOf("kms-activation").settings as Record<
      string,
      unknown
    >;
    assert.deepEqual([dnsPublishing, publishedDomains], [true, ["corp.example,10,0"]]);
    assert.deepEqual(
      [program.inputsOf("kms-srv").publishedBy, program.inputsOf("kms-srv-2").publishedBy],
      ["windows", "package"],
    );
  });

  it("takes its key and its machine as one secret Output each, and keeps the key group readable", async () => {
    const host = await program.host({ key: pulumi.secret(key), machine: pulumi.output({ azureVmId }) });
    assert.deepEqual(program.inputsOf("kms-activation").productKey, secret(labKey));
    assert.equal(await valueOf(host.keyGroup), key.keyGroup);
    assert.equal(await pulumi.isSecret(host.keyGroup), true);
    assert.equal(await pulumi.isSecret(host.licenseStatus), false);
    assert.deepEqual(await errorsOf(host), []);
  });

  it("is known as a KMSHost, and exports neither its key nor what the rules know of it", async () => {
    const host = await program.host({ key, machine: { azureVmId } });
    assert.equal(KMSHost.isInstance(host), true);
    assert.equal(KMSHost.isInstance({}), false);
    assert.equal(program.declared[0].type, "windows-kms:index:KMSHost");
    assert.deepEqual(
      Object.keys(host).filter((name) => /facts/i.test(name)),
      [],
    );
    const exported: unknown[] = await Promise.all(
      Object.values(host)
        .filter(pulumi.Output.isInstance)
        .map((output) => valueOf(output)),
    );
    assert.ok(!JSON.stringify(exported).includes(labKey));
  });
});
