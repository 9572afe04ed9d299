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

describe("lab/arm with a token", () => {
  const token = "an-invented-token";
  const log: string[] = [];
  let arm: Arm;
  before(async () => {
    arm = await startArm({ token, log: (line) => log.push(line) });
  });
  after(() => arm.close());

  it("refuses whoever does not have it, at each of its addresses", async () => {
    const { origin, pathname } = new URL(arm.endpoint);
    assert.equal(pathname, `/${token}`);
    const version = "?api-version=2024-03-01";
    const wrong = [
      groupPath("rg") + version,
      "/lab/identity",
      "/lab/resources",
      "/",
      `/x${token}/lab/identity`,
    ];
    for (const path of [...wrong, `/${token.toUpperCase()}/lab/identity`, `/lab/identity?token=${token}`]) {
      const answer = await fetch(`${origin}${path}`);
      assert.equal(answer.status, 401, path);
      assert.equal(((await answer.json()) as Refusal).error.code, "InvalidAuthenticationToken");
    }
    const shutdown = await fetch(`${origin}/lab/shutdown`, { method: "POST" });
    assert.equal(shutdown.status, 401);
    assert.equal((await fetch(`${arm.endpoint}/lab/identity`)).status, 200);
  });

  it("serves Microsoft's clients, operations and pages of lists under it, and logs no request with it", async () => {
    await arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "nsg", {
      location: "westeurope",
    });
    const groups = [];
    for await (const group of arm.network.networkSecurityGroups.list("rg")) {
      groups.push(group.name);
    }
    assert.deepEqual(groups, ["nsg"]);
    await arm.network.networkSecurityGroups.beginDeleteAndWait("rg", "nsg");
    assert.ok(log.length > 3);
    assert.ok(!log.join("\n").includes(token));
  });
});
