import assert from "node:assert/strict";
import { retireHostPlan, ensureHostPlan } from "../../../provider/host/plan";
import labKeys from "../../../provider/lab/windows/lab-keys.json";
import { encodeInput, sshCommand } from "../../../provider/machine/ssh";
import { hasNamed, type Named, skippedWithoutNamed, startNamed } from "../../srv/named";
import { type Arm, startArm } from "../arm/arm-fixture";
import { desiredHostState } from "../windows/test-lab";

const keyGroup = "Volume License for Windows Server 2022";
const { productKey } = labKeys.hostKeys.find((row) => row.keyGroup === keyGroup)!;
const server = { osBuild: "20348.2322", editionId: "ServerDatacenter", productType: 3 } as const;

interface Changes {
  dnsPublishing: boolean;
  port?: number;
  activation?: "none";
}

function plan({ activation, ...settings }: Changes) {
  const host = desiredHostState(productKey);
  return ensureHostPlan({
    ...host,
    ...(activation !== undefined && { activation }),
    settings: { values: { ...host.settings!.values, ...settings } },
  });
}

describe(`lab/network: KMS hosts that publish themselves, on BIND${skippedWithoutNamed}`, function () {
  let arm: Arm;
  let named: Named;

  beforeEach(async function () {
    if (!hasNamed) {
      this.skip();
    }
    named = await startNamed([
      { name: "corp.example", access: "allow-update { any; };" },
      { name: "closed.example", access: "allow-update { none; };" },
      { name: "other.example", access: "allow-update { any; };" },
    ]);
    arm = await startArm();
    for (const zone of ["corp.example", "closed.example"]) {
      await arm.control.setOnPremisesZone({ zone, server: named.server });
    }
  });
  afterEach(async () => {
    await arm?.close();
    await named?.stop();
  });

  const boot = (name: string, domain: string) => arm.control.bootOnPremises({ name, domain, ...server });
  const run = async (name: string, input: ReturnType<typeof plan>) => {
    const { exitCode, error } = await arm.control.runSshCommand(
      name,
      sshCommand,
      encodeInput(input, { productKey }),
    );
    assert.equal(exitCode, 0, error);
  };
  const seen = (zone = "corp.example") => named.dig(`_vlmcs._tcp.${zone}`, "SRV");

  const publishedPorts = async () =>
    (await arm.control.machines()).map(({ computerName, publishedPort }) => [computerName, publishedPort]);
  const twoPublish = async () => {
    await boot("KMS1", "corp.example");
    await run("KMS1", plan({ dnsPublishing: true }));
    await boot("KMS2", "corp.example");
    await run("KMS2", plan({ dnsPublishing: true, port: 1690 }));
  };

  it("write nothing with publishing off, or before they are activated", async () => {
    await boot("KMS1", "corp.example");
    await run("KMS1", plan({ dnsPublishing: true, activation: "none" }));
    assert.deepEqual(seen(), []);
    await run("KMS1", plan({ dnsPublishing: false }));
    assert.deepEqual(seen(), []);
  });

  it("write their record beside others when publishing begins", async () => {
    await twoPublish();
    assert.deepEqual(seen(), ["0 0 1688 kms1.corp.example.", "0 0 1690 kms2.corp.example."]);
  });

  it("leave the record behind when they are no hosts any more", async () => {
    await twoPublish();
    await run("KMS2", retireHostPlan("WX4NM-KYWYW-QJJR4-XV3QB-6VM33", ["N2W2K"]));
    assert.deepEqual(seen(), ["0 0 1688 kms1.corp.example.", "0 0 1690 kms2.corp.example."]);
    assert.deepEqual(await publishedPorts(), [
      ["KMS1", 1688],
      ["KMS2", undefined],
    ]);
  });

  it("serve without a record where the DNS server refuses, or the lab knows none", async () => {
    await boot("KMS3", "closed.example");
    await run("KMS3", plan({ dnsPublishing: true }));
    assert.deepEqual(seen("closed.example"), []);
    await boot("KMS4", "elsewhere.example");
    await run("KMS4", plan({ dnsPublishing: true }));
    assert.deepEqual(await publishedPorts(), [
      ["KMS3", 1688],
      ["KMS4", 1688],
    ]);
  });

  it("write a record into each zone of their publish list", async () => {
    await arm.control.setOnPremisesZone({ zone: "other.example", server: named.server });
    await boot("KMS5", "elsewhere.example");
    const input = plan({ dnsPublishing: true });
    const list = {
      id: "publishList",
      on: "registry" as const,
      method: "SetStrings",
      arguments: { Name: "DnsDomainPublishList", Strings: "other.example,10,5;closed.example,0,0" },
    };
    await run("KMS5", { ...input, operations: [...input.operations, list] });
    assert.deepEqual(seen("other.example"), ["10 5 1688 kms5.elsewhere.example."]);
    assert.deepEqual(seen("closed.example"), []);
  });
});
