import assert from "node:assert/strict";
import { startArm, type Arm } from "./arm-fixture";
import { groupPath, idOf } from "./arm-names";

interface Refusal {
  error: { code: string; message: string; target?: string };
}

describe("lab/arm refusal of wrong requests", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm();
  });
  afterEach(() => arm.close());

  async function refused(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
    const answer = await fetch(`${arm.endpoint}${path}`, { method, body, headers });
    const { error } = (await answer.json()) as Refusal;
    return [answer.status, error.code, error.target];
  }

  const nsg = `${idOf("Microsoft.Network/networkSecurityGroups/nsg")}?api-version=2024-05-01`;
  const nic = `${idOf("Microsoft.Network/networkInterfaces/nic")}?api-version=2024-05-01`;

  it("names what is missing", async () => {
    assert.deepEqual(await refused("PUT", nsg, "{}"), [400, "LocationRequired", "location"]);
    const body = JSON.stringify({ location: "westeurope", properties: {} });
    assert.deepEqual(await refused("PUT", nic, body), [
      400,
      "InvalidRequestFormat",
      "properties.ipConfigurations",
    ]);
  });

  it("refuses what is no ID where an ID is wanted", async () => {
    const ipConfigurations = [{ name: "a", properties: { subnet: { id: "hosts" } } }];
    const body = JSON.stringify({ location: "westeurope", properties: { ipConfigurations } });
    assert.deepEqual((await refused("PUT", nic, body)).slice(0, 2), [400, "LinkedInvalidPropertyId"]);
  });

  it("refuses a body that is no JSON object, without quoting it", async () => {
    assert.deepEqual(await refused("PUT", nsg, '{"secret'), [400, "InvalidRequestContent", undefined]);
    assert.deepEqual(await refused("PUT", nsg, "[1]"), [400, "InvalidRequestContent", undefined]);
  });

  it("answers 404 for paths and types that it does not have", async () => {
    const group = groupPath("rg");
    const storage = "providers/Microsoft.Storage/storageAccounts/a?api-version=2024-01-01";
    assert.deepEqual((await refused("GET", "/nothing"))[0], 404);
    assert.deepEqual((await refused("PUT", `${group}/${storage}`, "{}"))[1], "InvalidResourceType");
    assert.deepEqual((await refused("DELETE", `${group}/other?api-version=2024-03-01`))[0], 404);
    assert.deepEqual(
      (await refused("GET", `${group.replace(/1{8}/, "33333333")}?api-version=2024-03-01`))[1],
      "SubscriptionNotFound",
    );
    assert.deepEqual((await refused("POST", nsg.replace("?", "/nothing?")))[0], 405);
  });

  it("keeps the location of a resource group", async () => {
    const again = await arm.group("rg", "PUT", { location: "northeurope" });
    assert.equal(again.status, 409);
    assert.equal((await arm.group("rg", "PUT", { location: "westeurope", tags: { a: "b" } })).status, 200);
    assert.equal((await arm.group("rg", "HEAD")).status, 204);
    assert.equal((await arm.group("other", "HEAD")).status, 404);
  });
});
