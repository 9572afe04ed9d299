import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createArmServer } from "../../../provider/lab/arm/server";
import { createMachine, createNetwork, startArm } from "./arm-fixture";
import { idOf, subscriptionId, tenantId } from "./arm-names";

interface Line {
  method: string;
  path: string;
  apiVersion: string;
  body?: { properties: Record<string, never> };
}

describe("lab/arm record", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kms-record-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("writes each request, readable by the owner only, with marks for what ARM hides", async () => {
    const record = join(folder, "requests.jsonl");
    const log: string[] = [];
    const arm = await startArm({ record, log: (line) => log.push(line) });
    await createMachine(arm, "kms", await createNetwork(arm));
    await arm.compute.virtualMachineRunCommands.beginCreateOrUpdateAndWait("rg", "kms", "run", {
      location: "westeurope",
      source: { script: "Get-Date" },
      protectedParameters: [{ name: "ProductKey", value: "NNNNN-ANNNN-BNNNN-CNNNN-DNNNN" }],
    });
    await arm.close();
    assert.equal(statSync(record).mode & 0o777, 0o600);
    const text = readFileSync(record, "utf8");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    const vm = lines.find(({ method, path }) => method === "PUT" && path.endsWith("/virtualMachines/kms"));
    assert.equal(vm?.path, idOf("Microsoft.Compute/virtualMachines/kms"));
    assert.equal(vm?.apiVersion, "2024-11-01");
    assert.deepEqual(vm?.body?.properties["osProfile"], {
      computerName: "kms",
      adminUsername: "kmsadmin",
      adminPassword: "Hidden-by-the-lab-0",
    });
    const command = lines.find(({ method, path }) => method === "PUT" && path.endsWith("/runCommands/run"));
    assert.deepEqual(command?.body?.properties["protectedParameters"], [
      { name: "ProductKey", value: "Hidden-by-the-lab-0" },
    ]);
    assert.deepEqual(command?.body?.properties["source"], { script: "Get-Date" });
    const everything = text + log.join("\n");
    assert.ok(!everything.includes("Zq7!lab-Passw") && !everything.includes("NNNNN-ANNNN"));
  });

  it("hides by name what belongs to a type that the lab does not have", async () => {
    const record = join(folder, "requests.jsonl");
    const arm = await startArm({ record });
    const path = `${idOf("Microsoft.Compute/cloudServices/web")}?api-version=2024-11-01`;
    const profile = { osProfile: { adminUsername: "kmsadmin", adminPassword: "Zq7!lab-Passw" } };
    const body = JSON.stringify({ properties: { virtualMachineProfile: profile } });
    assert.equal((await fetch(`${arm.endpoint}${path}`, { method: "PUT", body })).status, 404);
    await arm.close();
    const last = readFileSync(record, "utf8").trimEnd().split("\n").at(-1)!;
    assert.deepEqual((JSON.parse(last) as Line).body?.properties, {
      virtualMachineProfile: {
        osProfile: { adminUsername: "kmsadmin", adminPassword: "Hidden-by-the-lab-0" },
      },
    });
  });

  it("says when the file cannot be written", async () => {
    const record = join(folder, "missing", "requests.jsonl");
    await assert.rejects(createArmServer({ subscriptionId, tenantId, record }), { code: "KMS7101" });
  });
});
