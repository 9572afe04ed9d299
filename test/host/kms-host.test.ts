import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KMSHostArgs } from "../../provider/host/args";
import { KMSHost } from "../../provider/host/kms-host";
import { stopMocks } from "../declared-resources";
import { labKey } from "../rules/program";

const activationType = "pulumi-nodejs:dynamic/windows-kms:HostActivation";
const recordType = "pulumi-nodejs:dynamic/windows-kms:SrvRecord";
const officeKey = "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K";
const group = "/subscriptions/s/resourceGroups/rg/providers";
const azureVmId = `${group}/Microsoft.Compute/virtualMachines/vm`;
const zoneId = `${group}/Microsoft.Network/privateDnsZones/corp.example`;
const subnetId = `${group}/Microsoft.Network/virtualNetworks/vnet/subnets/hosts`;
const ssh = {
  host: "10.0.0.9",
  user: "admin",
  password: "invented",
  hostKeyFingerprint: `SHA256:${"a".repeat(43)}`,
};
const create = { resourceGroupName: "rg", subnetId, adminPassword: "a password for tests" };
const key = { keyGroup: "Volume License for Windows Server 2022", productKey: labKey };
const os = "Windows Server 2022";
const zones = [{ zoneName: "corp.example", azurePrivateZoneId: zoneId }];

/** What the handler finds on the machine of each host. */
const found = {
  machineId: "00000000-0000-4000-8000-000000000001",
  computerName: "KMS1",
  domain: "ad.example",
  foundOs: os,
  foundEdition: "Datacenter",
  partialProductKey: labKey.slice(-5),
  licenseStatus: "Licensed",
  currentCount: 5,
  activatedAt: "2026-01-01T00:00:00Z",
  listeningPort: 1700,
};

interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

let declared: Declared[] = [];

async function startMocks(preview: boolean): Promise<void> {
  declared = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource({ type, name, inputs }) {
      declared.push({ type, name, inputs: inputs as Record<string, unknown> });
      const isReached = inputs.azureVmId !== undefined || inputs.ssh !== undefined;
      const outputs =
        type === activationType
          ? isReached && found
          : /NetworkInterface$/.test(type) && {
              ipConfigurations: [{ name: "primary", privateIPAddress: "10.20.1.4" }],
            };
      return { id: `${name}-id`, state: { ...(inputs as object), ...outputs } };
    },
    call: ({ token }) =>
      /getVirtualMachine$/.test(token)
        ? {
            networkProfile: {
              networkInterfaces: [{ id: `${group}/Microsoft.Network/networkInterfaces/nic` }],
            },
          }
        : { ipConfigurations: [{ privateIPAddress: "10.20.1.5" }] },
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack", preview, "organization");
}

const valueOf = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => void output.apply(resolve));

/** Declares a host and waits until it is reviewed and its children are declared. */
async function declare(args: KMSHostArgs, name = "kms"): Promise<KMSHost> {
  const host = new KMSHost(name, args);
  await pulumi.runtime.waitForRPCs();
  return host;
}

const inputsOf = (name: string) =>
  declared.find((resource) => resource.name === name)?.inputs ?? assert.fail(`${name} is not declared`);
/** A secret as the engine gets it. */
const secret = (value: unknown) => ({
  [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig,
  value,
});
const childNames = () =>
  declared
    .map(({ name, type }) => `${name} ${type.split(":").at(-1)}`)
    .filter((one) => !/ KMSHost$/.test(one));

describe("a KMSHost on Pulumi's mocks", () => {
  beforeEach(() => startMocks(false));
  afterEach(stopMocks);

  it("declares machine, activation and record of a host that is created", async () => {
    const tags = { team: "licensing" };
    const host = await declare({
      key,
      os,
      machine: { create },
      clientPrefixes: ["10.20.0.0/16"],
      zones,
      tags,
    });
    assert.deepEqual(childNames(), [
      "kms-nsg NetworkSecurityGroup",
      "kms-nic NetworkInterface",
      "kms-vm VirtualMachine",
      "kms-activation HostActivation",
      "kms-srv SrvRecord",
    ]);
    assert.deepEqual(
      declared.filter(({ name }) => /activation|srv/.test(name)).map(({ type }) => type),
      [activationType, recordType],
    );
    for (const name of ["kms-nsg", "kms-nic", "kms-vm", "kms-activation"]) {
      assert.deepEqual(inputsOf(name).tags, tags, name);
    }
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
    const activationsSpent = { hosts: 1, activations: 2 };
    await declare({
      key: { ...key, ledger: "file:///ledger", activationsSpent },
      machine: { azureVmId },
      confirmationId: "111111-".repeat(8).slice(0, -1),
      activation: "offline",
      lowPriority: true,
    });
    const { __provider: _provider, ...inputs } = inputsOf("kms-activation");
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
      keyGroup: key.keyGroup,
      productKey: secret(labKey),
      activation: "offline",
      confirmationId: secret("1".repeat(48)),
      ledger: "file:///ledger",
      activationsSpent,
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

  it("has what was found on an existing Azure machine as outputs, and its private address as name", async () => {
    const host = await declare({ key, machine: { azureVmId } });
    assert.deepEqual(childNames(), ["kms-activation HostActivation"]);
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
    const host = await declare({ key, machine: { ssh } });
    assert.equal(await valueOf(host.fqdn), "KMS1.ad.example");
    assert.equal(await valueOf(host.azureVmId), undefined);
    assert.equal(await pulumi.isSecret(host.fqdn), false);
    assert.deepEqual(inputsOf("kms-activation").ssh, secret(ssh));
    const named = await declare(
      {
        key,
        machine: { ssh, fqdn: "kms.example" },
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
    const host = await declare({ key, machine: { azureVmId }, officeKeys: officeKeys.slice(0, 1) });
    const [, name] = childNames();
    assert.match(name, /^kms-\w+-activation HostActivation$/);
    const inputs = inputsOf(name.split(" ")[0]);
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
    const host = await declare({ machine: { azureVmId }, officeKeys, port: 1700 });
    const [first, second] = declared.filter(({ type }) => type === activationType);
    assert.equal((first.inputs.settings as { port: number }).port, 1700);
    assert.equal(second.inputs.settings, undefined);
    assert.equal(childNames().length, 2);
    assert.equal(await valueOf(host.machineId), found.machineId);
    assert.equal(await valueOf(host.licenseStatus), "Licensed");
    assert.equal(await valueOf(host.keyGroup), undefined);
    assert.equal((await valueOf(host.officeStates)).length, 2);
  });

  it("gives each zone a record, in the subscription that the zone's ID names", async () => {
    await declare({
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
    const { __provider: _provider, ...first } = inputsOf("kms-srv");
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
    });
    assert.deepEqual(inputsOf("kms-srv-2").zone, {
      zoneName: "lab.example",
      dynamicUpdate: { servers: ["10.0.0.4"] },
    });
    assert.equal(inputsOf("kms-srv-2").addressRecord, undefined);
    assert.equal(inputsOf("kms-srv-3").addressRecord, undefined);
    assert.equal((inputsOf("kms-activation").settings as { dnsPublishing: boolean }).dnsPublishing, false);
  });

  it("puts the zones that Windows publishes on Windows' own list", async () => {
    await declare({
      key,
      machine: { ssh },
      zones: [
        { zoneName: "corp.example", publishedBy: "windows", priority: 10 },
        { zoneName: "lab.example", dynamicUpdate: { servers: ["10.0.0.4"] } },
      ],
    });
    const { dnsPublishing, publishedDomains } = inputsOf("kms-activation").settings as Record<
      string,
      unknown
    >;
    assert.deepEqual([dnsPublishing, publishedDomains], [true, ["corp.example,10,0"]]);
    assert.deepEqual(
      [inputsOf("kms-srv").publishedBy, inputsOf("kms-srv-2").publishedBy],
      ["windows", "package"],
    );
  });

  it("takes its key and its machine as one secret Output each, and keeps the key group readable", async () => {
    const host = await declare({ key: pulumi.secret(key), machine: pulumi.output({ azureVmId }) });
    assert.deepEqual(inputsOf("kms-activation").productKey, secret(labKey));
    assert.equal(await valueOf(host.keyGroup), key.keyGroup);
    assert.equal(await pulumi.isSecret(host.keyGroup), true);
    assert.equal(await pulumi.isSecret(host.licenseStatus), false);
    assert.deepEqual(
      (await valueOf(host.diagnostics)).filter(({ severity }) => severity === "error"),
      [],
    );
  });

  it("is known as a KMSHost, and exports neither its key nor what the rules know of it", async () => {
    const host = await declare({ key, machine: { azureVmId } });
    assert.equal(KMSHost.isInstance(host), true);
    assert.equal(KMSHost.isInstance({}), false);
    assert.equal(declared[0].type, "windows-kms:index:KMSHost");
    assert.deepEqual(
      Object.keys(host).filter((name) => /facts/i.test(name)),
      [],
    );
    const exported: unknown[] = await Promise.all(
      Object.values(host)
        .filter(pulumi.Output.isInstance)
        .map((output) => valueOf(output as pulumi.Output<unknown>)),
    );
    assert.ok(!JSON.stringify(exported).includes(labKey));
  });
});

describe("a readOnly KMSHost on Pulumi's mocks", () => {
  beforeEach(() => startMocks(false));
  afterEach(stopMocks);

  it("has the children of a managed one, all of them read-only", async () => {
    const officeKeys = [{ office: "LTSC 2024", productKey: officeKey }];
    const args = { key, os, machine: { azureVmId }, zones, officeKeys };
    await declare(args);
    const managed = childNames();
    await startMocks(false);
    await declare({ ...args, readOnly: true });
    assert.deepEqual(childNames(), managed);
    assert.deepEqual(
      declared.slice(1).map(({ inputs }) => inputs.readOnly),
      managed.map(() => true),
    );
    const { __provider: _provider, ...inputs } = inputsOf("kms-activation");
    assert.deepEqual(inputs, {
      kind: "HostActivation",
      name: "kms",
      stack: "organization/project/stack",
      azureVmId,
      os,
      keyGroup: key.keyGroup,
      acknowledge: [],
      timeoutMinutes: 60,
      readOnly: true,
      keyRequired: true,
    });
    assert.equal(inputsOf("kms-srv").addressRecord, undefined);
  });

  it("needs a machine and nothing else", async () => {
    const host = await declare({ readOnly: true, machine: { azureVmId } });
    assert.deepEqual(
      (await valueOf(host.diagnostics)).filter(({ severity }) => severity === "error"),
      [],
    );
    assert.deepEqual(childNames(), ["kms-activation HostActivation"]);
    assert.equal(inputsOf("kms-activation").keyRequired, true);
    assert.equal(await valueOf(host.port), 1700);
    assert.equal(await valueOf(host.os), os);
    assert.equal(await valueOf(host.keyGroup), undefined);
  });

  it("is looked at for a key of Windows that it need not have, where it serves Office alone", async () => {
    const host = await declare({
      readOnly: true,
      machine: { azureVmId },
      officeKeys: [{ office: "LTSC 2024" }],
    });
    const activations = declared.filter(({ type }) => type === activationType);
    assert.deepEqual(
      activations.map(({ inputs }) => inputs.keyRequired),
      [false, true],
    );
    assert.equal((await valueOf(host.officeStates))[0].licenseStatus, "Licensed");
  });

  it("is refused another port than the machine listens on, and any is taken where none is declared", async () => {
    const host = await declare({ readOnly: true, machine: { azureVmId }, port: 1800 });
    assert.equal(inputsOf("kms-activation").expectedPort, 1800);
    assert.equal(await valueOf(host.port), 1800);
  });

  it("may be known by its name alone: it is not looked at, and its records are remembered", async () => {
    const host = await declare({
      readOnly: true,
      key: { keyGroup: key.keyGroup },
      officeKeys: [{ office: "LTSC 2024" }],
      machine: { fqdn: "kms01.corp.example" },
      zones: [{ zoneName: "corp.example" }, { zoneName: "lab.example" }],
    });
    assert.deepEqual(
      (await valueOf(host.diagnostics)).filter(({ severity }) => severity === "error"),
      [],
    );
    assert.equal(inputsOf("kms-activation").azureVmId, undefined);
    assert.equal(await valueOf(host.licenseStatus), "NotObserved");
    assert.equal(await valueOf(host.fqdn), "kms01.corp.example");
    assert.deepEqual(await valueOf(host.names), ["kms01.corp.example", "kms01.lab.example"]);
    assert.equal(await valueOf(host.port), 1688);
    assert.equal(await valueOf(host.machineId), undefined);
    assert.deepEqual(await valueOf(host.officeStates), [
      { office: "Office LTSC 2024", licenseStatus: "NotObserved" },
    ]);
    assert.deepEqual(
      [inputsOf("kms-srv").target, inputsOf("kms-srv-2").target],
      ["kms01.corp.example", "kms01.lab.example"],
    );
  });

  it("may be known by an address alone, and its records then have no computer name", async () => {
    const host = await declare({
      readOnly: true,
      machine: { fqdn: "10.0.0.7" },
      zones: [{ zoneName: "corp.example" }],
    });
    assert.deepEqual(await valueOf(host.names), ["10.0.0.7"]);
    assert.equal(inputsOf("kms-srv").computerName, "");
  });
});

describe("a KMSHost that is not known or not right, on Pulumi's mocks", () => {
  const listeners = process.listeners("unhandledRejection");
  const unknown = <T>() => pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;

  // The program is made to fail by a rejection that nobody handles.
  before(() => {
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", () => undefined);
  });
  after(() => {
    process.removeAllListeners("unhandledRejection");
    listeners.forEach((listener) => process.on("unhandledRejection", listener));
  });
  beforeEach(() => startMocks(true));
  afterEach(stopMocks);

  it("is declared with values that a preview does not know", async () => {
    const host = await declare({
      key: { keyGroup: key.keyGroup, productKey: unknown() },
      machine: { azureVmId: unknown() },
      port: unknown(),
    });
    assert.deepEqual(
      (await valueOf(host.diagnostics)).filter(({ severity }) => severity === "error"),
      [],
    );
    assert.deepEqual(childNames(), ["kms-activation HostActivation"]);
  });

  it("has a diagnostic of its own for what must be known at preview, and no children", async () => {
    const host = await declare({ key: { ...key, keyGroup: unknown<string>() }, machine: { azureVmId } });
    assert.deepEqual(
      (await valueOf(host.diagnostics)).map(({ code, severity, path }) => [code, severity, path]),
      [["KMS1006", "error", "key.keyGroup"]],
    );
    assert.deepEqual(childNames(), []);
  });

  it("has its diagnostics as an output when it is invalid, no children, and stores none of its arguments", async () => {
    const args = { key, machine: { azureVmId }, adminPasword: "a mistyped secret" };
    const host = await declare(args as KMSHostArgs);
    assert.deepEqual(
      (await valueOf(host.diagnostics)).map(({ code, path }) => [code, path]),
      [["KMS1001", "adminPasword"]],
    );
    assert.deepEqual(childNames(), []);
    assert.deepEqual(declared[0].inputs, {});
  });

  it("is refused what its rules do not allow", async () => {
    const host = await declare({ key, os: "Windows Server 2008 R2", machine: { azureVmId } });
    const codes = (await valueOf(host.diagnostics)).map(({ code }) => code);
    assert.ok(codes.includes("KMS2004") || codes.includes("KMS2003"), codes.join(", "));
    assert.deepEqual(childNames(), []);
  });
});
