import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { KMSClientGroup, type KMSClientGroupArgs, KMSHost, type KMSHostArgs } from "../../provider";
import { runProgram } from "./program-in-stack";

const providers = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-hidden/providers";
const productKey = "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K";
const subnetId = `${providers}/Microsoft.Network/virtualNetworks/vnet-hidden/subnets/hosts-hidden`;
const machineId = (name: string) => `${providers}/Microsoft.Compute/virtualMachines/${name}`;
const os = "Windows Server 2022";
const assume = {
  updates: ["KB5031364"],
  osBuild: "20348.2322",
  dnsSuffix: "suffix-hidden.example",
  network: { dnsServers: ["10.77.0.4"] },
};
const create = {
  resourceGroupName: "rg-hidden",
  subnetId,
  location: "hiddenregion",
  adminUsername: "adm-hidden",
};

const hostKeyFingerprint = `SHA256:${"x".repeat(43)}`;

/** Arguments with a text in as many places as can be. */
const createdHost = {
  key: {
    keyGroup: "Volume License for Windows Server 2022",
    productKey,
    ledger: "file:///tmp/ledger-hidden",
  },
  os,
  edition: "Datacenter",
  machine: { create: { ...create, adminPassword: "correct horse 7 battery", computerName: "kms-hidden" } },
  clientPrefixes: ["10.77.0.0/16"],
  zones: [
    {
      zoneName: "zone-hidden.example",
      azurePrivateZoneId: `${providers}/Microsoft.Network/privateDnsZones/zone-hidden.example`,
      target: "kms-hidden.zone-hidden.example",
    },
  ],
  assume,
  tags: { owner: "owner-hidden" },
  acknowledge: [{ code: "KMS2211", reason: "reason-hidden" }],
};
const sshHost = {
  key: createdHost.key,
  os,
  machine: {
    ssh: {
      host: "machine-hidden.example",
      user: "user-hidden",
      password: "a-secret-by-nature",
      hostKeyFingerprint,
    },
  },
  zones: [
    {
      zoneName: "other-hidden.example",
      dynamicUpdate: { servers: ["10.77.0.5"] },
      target: "t-hidden.example",
    },
  ],
};
const createdGroup = {
  os,
  edition: "Datacenter",
  machines: {
    create: { ...create, adminPassword: "correct horse 7 battery", count: 2, computerNamePrefix: "w-hidden" },
  },
  lookupDomain: "zone-hidden.example",
  assume,
  tags: { owner: "owner-hidden" },
};
const existingGroup = {
  machines: {
    azureVmIds: [machineId("vm-hidden-1"), machineId("vm-hidden-2")],
    ssh: {
      user: "user-hidden",
      password: "a-secret-by-nature",
      machines: [{ host: "member-hidden.example", hostKeyFingerprint }],
    },
  },
};

const byNature = /productKey|adminPassword|password/;

/** The arguments with a secret in place of each text; the texts are added to a set. */
function withSecrets(value: unknown, texts: Set<string>, name = ""): unknown {
  if (typeof value === "string") {
    if (!byNature.test(name)) {
      texts.add(value);
    }
    return pulumi.secret(value);
  }
  return Array.isArray(value)
    ? value.map((item) => withSecrets(item, texts, name))
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([key, member]) => [key, withSecrets(member, texts, key)]),
        )
      : value;
}

const secretMark = "4dabf18193072939515e22adb298388d";

/** Paths of what is not a secret and repeats one of the texts. */
function clear(value: unknown, texts: readonly string[], path: string): string[] {
  if (typeof value === "string") {
    return texts
      .filter((text) => value.toLowerCase().includes(text.toLowerCase()))
      .map((text) => `${path}: ${text}`);
  }
  if (typeof value !== "object" || value === null || secretMark in value) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) => clear(member, texts, `${path}.${name}`));
}

interface RegisterRequest {
  getName(): string;
  getType(): string;
  getObject(): { toJavaScript(): object } | undefined;
  getAdditionalsecretoutputsList(): string[];
}
const monitor = MockMonitor.prototype as unknown as {
  registerResource(request: RegisterRequest, callback: unknown): Promise<void>;
};

describe("arguments that came as secrets though they are none by nature", () => {
  const texts = new Set<string>();
  let registered: RegisterRequest[];
  const original = monitor.registerResource;

  before(async () => {
    registered = [];
    monitor.registerResource = function (request, callback) {
      registered.push(request);
      return original.call(this, request, callback);
    };
    await runProgram(() => {
      const args = <Args>(value: object) => withSecrets(value, texts) as Args;
      const kms = new KMSHost("first", args<KMSHostArgs>(createdHost));
      const ssh = new KMSHost("second", args<KMSHostArgs>(sshHost));
      const web = new KMSClientGroup("web", {
        hosts: [kms],
        ...args<Omit<KMSClientGroupArgs, "hosts">>(createdGroup),
      });
      const old = new KMSClientGroup("old", {
        hosts: [kms],
        ...args<Omit<KMSClientGroupArgs, "hosts">>(existingGroup),
      });
      return { kms, ssh, web, old };
    });
  });
  after(() => {
    monitor.registerResource = original;
  });
  const dynamic = () =>
    registered.filter((request) => request.getType().startsWith("pulumi-nodejs:dynamic/"));

  it("are stored as secrets in every child, whichever argument it is", () => {
    assert.deepEqual(
      dynamic()
        .map((request) => request.getName())
        .sort(),
      [
        "first-activation",
        "first-machine",
        "first-srv",
        "old-activation",
        "second-activation",
        "second-srv",
        "web-activation",
      ],
    );
    const found = registered.flatMap((request) =>
      clear(request.getObject()?.toJavaScript(), [...texts], request.getName()),
    );
    assert.deepEqual(found, []);
  });

  it("are handed to each child as secrets, with the outputs that may repeat them", () => {
    for (const request of dynamic()) {
      const { secretTexts } = request.getObject()?.toJavaScript() as {
        secretTexts: { value: string[] } & Record<string, unknown>;
      };
      assert.ok(secretMark in secretTexts, request.getName());
      assert.ok(secretTexts.value.includes("owner-hidden") || secretTexts.value.length > 0);
      assert.ok(!secretTexts.value.includes(productKey) && !secretTexts.value.includes("a-secret-by-nature"));
    }
    const outputs = Object.fromEntries(
      dynamic().map((request) => [request.getName(), request.getAdditionalsecretoutputsList()]),
    );
    assert.ok(outputs["first-activation"].includes("computerName"));
    assert.deepEqual(outputs["old-activation"], ["members", "common"]);
  });
});
