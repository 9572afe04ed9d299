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
};

describe("the handlers of dynamic resources", () => {
  it("repeat the preview's rules for a host, without showing its key", async () => {
    const { inputs, failures = [] } = await check(
      {} as never,
      { ...hostInputs, os: "Windows Server 2025" } as never,
    );
    assert.equal((inputs as typeof hostInputs).name, "kms");
    assert.equal(failures.length, 1);
    assert.equal(failures[0].property, "");
    assert.match(failures[0].reason, /^KMS2004 keyGroup: /);
    const malformed = await check({} as never, { ...hostInputs, productKey: "NKMSN-WSNHN" } as never);
    assert.match(malformed.failures?.[0].reason ?? "", /^KMS1101 /);
    assert.ok(!JSON.stringify(malformed.failures).includes("NKMSN-WSNHN"));
  });

  it("repeat the preview's rules for a group and its hosts", async () => {
    const group = {
      kind: "ClientActivation",
      name: "web",
      os: "Windows Server 2025",
      edition: "Datacenter",
      setupKey: "D764K-2NDRG-47T6Q-P8T8W-YP6DF",
      hosts: [{ name: "kms", keyGroup: hostInputs.keyGroup }],
    };
    const { failures = [] } = await check({} as never, group as never);
    assert.deepEqual(
      failures.map(({ reason }) => reason.slice(0, 7)),
      ["KMS2013"],
    );
    const accepted = await check({} as never, { ...group, acceptUnlisted: true } as never);
    assert.deepEqual(accepted.failures, []);
  });

  it("say nothing of values that are not known yet", async () => {
    const { unknownValue } = pulumi.runtime;
    const unknown = { ...hostInputs, os: unknownValue, productKey: unknownValue, keyGroup: unknownValue };
    assert.deepEqual((await check({} as never, unknown as never)).failures, []);
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
