import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { check, diff, read } from "../../provider/handlers";

const hostInputs = {
  kind: "HostActivation" as const,
  name: "kms",
  azureVmId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/kms",
  os: "Windows Server 2022",
  keyGroup: "Volume License for Windows Server 2022",
  productKey: "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K",
  readOnly: false,
  acknowledge: [],
};

const srvRecord = {
  name: "kms",
  zone: { zoneName: "corp.example" },
  computerName: "kms",
  target: "kms.corp.example",
  priority: 0,
  weight: 0,
  port: 1688,
  ttlSeconds: 3600,
  publishedBy: "package",
  ready: false,
  readOnly: true,
};

describe("the handlers of dynamic resources", () => {
  it("repeat the preview's rules for a host, without showing its key", async () => {
    const { inputs, failures = [] } = await check({}, { ...hostInputs, os: "Windows Server 2025" } as never);
    assert.equal((inputs as typeof hostInputs).name, "kms");
    assert.equal(failures.length, 1);
    assert.equal(failures[0].property, "");
    assert.match(failures[0].reason, /^KMS2004 key\.keyGroup: /);
    const malformed = await check({}, { ...hostInputs, productKey: "NKMSN-WSNHN" } as never);
    assert.match(malformed.failures?.[0].reason ?? "", /^KMS1101 key\.productKey: /);
    assert.ok(!JSON.stringify(malformed.failures).includes("NKMSN-WSNHN"));
  });

  it("repeat the preview's rules for a group and its hosts", async () => {
    const group = {
      kind: "ClientActivation",
      name: "web",
      os: "Windows Server 2025",
      edition: "Datacenter",
      setupKey: "D764K-2NDRG-47T6Q-P8T8W-YP6DF",
      hosts: [{ name: "kms", keyGroup: hostInputs.keyGroup, os: "", office: [] }],
      acknowledge: [],
    };
    const { failures = [] } = await check({}, group as never);
    assert.deepEqual(
      failures.map(({ reason }) => reason.slice(0, 7)),
      ["KMS2013"],
    );
    const acknowledge = [{ code: "KMS2013", reason: "tested" }];
    const accepted = await check({}, { ...group, acknowledge } as never);
    assert.deepEqual(accepted.failures, []);
  });

  it("say nothing of values that are not known yet", async () => {
    const { unknownValue } = pulumi.runtime;
    const unknown = { ...hostInputs, os: unknownValue, productKey: unknownValue, keyGroup: unknownValue };
    assert.deepEqual((await check({}, unknown as never)).failures, []);
  });

  it("take up a state that the plugin for other languages wrote, which has no serialised provider", async () => {
    const olds = { kind: "SrvRecord" as const, ...srvRecord, drift: [] };
    const news = { kind: "SrvRecord" as const, ...srvRecord };
    const provider = { __provider: "exports.handler = ..." };
    assert.equal((await diff("id", { ...olds, ...provider }, { ...news, ...provider })).changes, false);
    assert.equal((await diff("id", olds, { ...news, ...provider })).changes, true);
    assert.equal((await diff("id", olds, news)).changes, false);
  });

  it("refuse a state that a newer version wrote", async () => {
    const olds = { ...hostInputs, stateVersion: 2 };
    await assert.rejects(diff("id", olds, hostInputs), { code: "KMS9001" });
    await assert.rejects(read("id", olds), (error: Error & { code?: string }) => {
      assert.equal(error.code, "KMS9001");
      assert.equal(error.stack, "", "the engine would print a stack");
      return true;
    });
  });
});
