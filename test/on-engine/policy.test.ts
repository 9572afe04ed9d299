import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Edition, KMSClientGroup, KMSHost, KeyGroup, OperatingSystem } from "../../provider";
import { npm } from "./installed-package";
import { adminPassword, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { type PolicyResult, type PolicyStack, policyStack } from "./policy-stack";

const location = "westeurope";
const id = (type: string, name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.${type}/${name}`;

/** What programs of any language may declare with azure-native alone. */
async function plainProgram(): Promise<void> {
  const resourceGroupName = new resources.ResourceGroup("rg", { location }).name;
  new network.NetworkSecurityGroup("open", {
    resourceGroupName,
    location,
    securityRules: [
      {
        name: "kms",
        access: "Allow",
        direction: "Inbound",
        priority: 200,
        protocol: "Tcp",
        sourceAddressPrefix: "Internet",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "1688",
      },
    ],
  });
  const zone = new privatedns.PrivateZone("zone", {
    resourceGroupName,
    privateZoneName: "corp.example",
    location: "global",
  });
  new privatedns.PrivateRecordSet("foreign", {
    resourceGroupName,
    privateZoneName: zone.name,
    recordType: "SRV",
    relativeRecordSetName: "_vlmcs._tcp",
    ttl: 3600,
    srvRecords: [{ priority: 0, weight: 0, port: 1688, target: "old-kms.corp.example" }],
  });
  new network.VirtualNetwork("tagged", {
    resourceGroupName,
    location,
    addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
    tags: { setup: `cscript slmgr.vbs /ipk ${labHostKey}` },
  });
}

/** Components of this package, checked before anything of them is created. */
/** @param ledger absolute, since the Automation API runs the program */
async function fleetProgram(ledger?: string): Promise<void> {
  const common = {
    key: { keyGroup: KeyGroup.WindowsServer2022, productKey: pulumi.secret(labHostKey), ledger },
    os: OperatingSystem.WindowsServer2022,
  };
  const machine = new compute.VirtualMachine("own", { resourceGroupName: "rg", location });
  new KMSHost("adopted", { ...common, machine: { azureVmId: machine.id } });
  const host = new KMSHost("kms", {
    ...common,
    machine: {
      create: {
        resourceGroupName: "rg",
        location,
        subnetId: id("Network", "virtualNetworks/vnet/subnets/subnet"),
        adminPassword,
      },
    },
    clientPrefixes: ["10.20.0.0/16"],
  });
  new KMSClientGroup("web", {
    hosts: [host],
    os: OperatingSystem.WindowsServer2022,
    edition: Edition.Datacenter,
    machines: {
      azureVmIds: Array.from({ length: 51 }, (_, index) => id("Compute", `virtualMachines/web${index}`)),
    },
  });
}

const repository = path.resolve(__dirname, "../..");
const modules = path.join(repository, "node_modules");

/** The policy pack as npm packs it, with its dependencies beside it and nothing else; its folder is returned. */
async function unpackedPack(root: string): Promise<string> {
  const source = path.join(repository, "provider/policy");
  const [{ filename }] = JSON.parse(await npm(["pack", "--json", "--pack-destination", root], source));
  await promisify(execFile)("tar", ["-xzf", path.join(root, filename), "-C", root]);
  const pack = path.join(root, "package");
  const { dependencies } = JSON.parse(await readFile(path.join(pack, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    const link = path.join(pack, "node_modules", name);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(path.join(modules, name), link);
  }
  return pack;
}

const found = ({ violations }: PolicyResult) =>
  violations.map(({ policy, level, resource }) => `${policy} ${level} ${resource}`).sort();

describe("the policy pack on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let plain: PolicyStack;

  before(async () => {
    lab = await startLab();
    plain = await policyStack(lab, "plain", plainProgram);
  });
  after(async () => {
    await plain?.remove();
    await lab?.stop();
  });

  it("rejects a plain azure-native program at preview, and says what to change", async () => {
    const { ok, violations, text } = await plain.run("preview");
    assert.equal(ok, false);
    assert.deepEqual(found({ ok, violations, text }), [
      "kms-key-in-plain-text mandatory tagged",
      "kms-port-open mandatory open",
      "kms-srv-unknown-host advisory foreign",
    ]);
    const { message } = violations.find(({ policy }) => policy === "kms-port-open")!;
    assert.match(message, /KMS8001 securityRules\[0\]: the rule lets Internet reach TCP port 1688/);
    assert.match(message, /Use private address prefixes only/);
    assert.ok(!text.includes(labHostKey), "no key is shown");
  });

  it("warns where a policy is advisory and stays silent where it is disabled", async () => {
    const result = await plain.run("preview", {
      "kms-key-in-plain-text": "disabled",
      "kms-port-open": { enforcementLevel: "advisory" },
      "kms-srv-unknown-host": { knownHosts: ["old-kms.corp.example"] },
    });
    assert.ok(result.ok, result.text);
    assert.deepEqual(found(result), ["kms-port-open advisory open"]);
    const silent = await plain.run("preview", { all: "disabled" });
    assert.ok(silent.ok, silent.text);
    assert.deepEqual(found(silent), []);
  });

  it("rejects parameters that do not exist and values that are not allowed", async () => {
    const misspelt = await plain.run("preview", { "kms-port-open": { allowedPrefix: [] } });
    assert.equal(misspelt.ok, false);
    assert.match(misspelt.text, /KMS8090 the policy kms-port-open has no parameter allowedPrefix/);
    assert.doesNotMatch(misspelt.text, /parameters\.[jt]s/, "no stack is shown");
    const wrong = await plain.run("preview", { "kms-port-open": { port: 0 } });
    assert.equal(wrong.ok, false);
    assert.match(wrong.text, /kms-port-open: port: Must be greater than or equal to 1/);
  });

  it("stops an update before the resource is created", async () => {
    const config = { "kms-key-in-plain-text": "disabled" };
    const { ok, text } = await plain.run("up", config);
    assert.equal(ok, false, text);
    const ids = (await lab.control.resources()).map((resource) => JSON.stringify(resource));
    assert.ok(!ids.some((one) => one.includes("networkSecurityGroups")), ids.join("\n"));
  });

  it("runs from its package, where neither pulumi-windows-kms nor azure-native is installed", async () => {
    const root = await mkdtemp(path.join(tmpdir(), "packed-policy-"));
    try {
      const pack = await unpackedPack(root);
      const sdk = path.join(modules, "@pulumi/pulumi");
      const packed = await policyStack(lab, "packed", plainProgram, { pack, sdk });
      try {
        assert.deepEqual(found(await packed.run("preview")), [
          "kms-key-in-plain-text mandatory tagged",
          "kms-port-open mandatory open",
          "kms-srv-unknown-host advisory foreign",
        ]);
      } finally {
        await packed.remove();
      }
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  it("cannot judge a program of the Automation API whose ledger would be in the engine's folder", async () => {
    const fleet = await policyStack(lab, "relative", () => fleetProgram());
    try {
      const { ok, text } = await fleet.run("preview");
      assert.equal(ok, false);
      assert.match(text, /KMS6028 key\.ledger: file:\/\/\.\/kms-ledger is relative/);
    } finally {
      await fleet.remove();
    }
  });

  it("checks components by their arguments, all hosts and groups together", async () => {
    const ledger = pathToFileURL(path.join(tmpdir(), "kms-ledger-that-nobody-made")).href;
    const fleet = await policyStack(lab, "fleet", () => fleetProgram(ledger));
    try {
      const result = await fleet.run("preview", { "kms-ledger-shared": { sharedBackend: true } });
      assert.ok(result.ok, result.text);
      assert.deepEqual(found(result), [
        "kms-host-protected advisory kms-vm",
        "kms-host-protected advisory own",
        "kms-ledger-shared advisory adopted-activation",
        "kms-ledger-shared advisory kms-activation",
        "kms-redundancy advisory kms",
        "kms-unacknowledged-warnings advisory web",
      ]);
      const strict = await fleet.run("preview", { "kms-redundancy": "mandatory" });
      assert.equal(strict.ok, false);
      assert.ok(found(strict).includes("kms-redundancy mandatory kms"), strict.text);
    } finally {
      await fleet.remove();
    }
  });
});
