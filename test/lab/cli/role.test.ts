import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Arm } from "../arm/arm-fixture";
import { refusal, subscriptionId } from "../arm/arm-names";
import { type RunningLab, startRunningLab } from "./running-lab";

describe("role, the lab's command", () => {
  let arm: Arm;
  let folder: string;
  let lab: RunningLab;
  before(async () => {
    lab = await startRunningLab();
    ({ arm, folder } = lab);
  });
  after(() => lab?.close());

  const role = (...argv: string[]) => lab.run("role", ...argv);
  const file = async (content: string) => {
    const name = path.join(folder, "role.json");
    await writeFile(name, content);
    return name;
  };
  const scope = `/subscriptions/${subscriptionId}`;
  const reader = { Name: "reader", Actions: ["*/read"], NotActions: [], AssignableScopes: [scope] };

  it("allows just what the role of a file allows, tells what that is, and everything again", async () => {
    assert.equal((await role()).out, "the principal may do everything\n");
    const set = await role(await file(JSON.stringify(reader)));
    assert.deepEqual(set, { exitCode: 0, out: `reader: 1 actions on ${scope}\n`, err: "" });
    assert.equal((await role()).out, set.out);
    const write = () =>
      arm.network.virtualNetworks.beginCreateOrUpdateAndWait("rg", "vnet", {
        location: "westeurope",
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      });
    await assert.rejects(write(), refusal(403, "AuthorizationFailed"));
    assert.equal((await role("--clear")).out, "the principal may do everything\n");
    await write();
  });

  it("refuses a file without a role, and both a file and --clear", async () => {
    const none = await role(await file("Name: reader"));
    assert.equal(none.exitCode, 1);
    assert.match(none.err, /^error: KMS7068 .*role\.json is not JSON: /);
    assert.match((await role(await file('{"Name":"x"}'))).err, /KMS7102 .*AssignableScopes/);
    assert.equal((await role(await file(JSON.stringify(reader)), "--clear")).exitCode, 2);
    assert.equal((await role()).out, "the principal may do everything\n");
  });
});
