import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** Members in a subnet whose default route leads to a gateway. */
const program = (group: string) =>
  kmsProgram(`
const table = new network.RouteTable("tunnel", { resourceGroupName, location });
new network.Route("default", {
  resourceGroupName,
  routeTableName: table.name,
  addressPrefix: "0.0.0.0/0",
  nextHopType: network.RouteNextHopType.VirtualNetworkGateway,
});
const behind = new network.Subnet("behind", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.20.2.0/24",
  routeTable: { id: table.id },
});
const common = {
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  azureKms: true,
  machines: { create: { ...create, subnetId: behind.id, count: 2 } },
};
const azureKmsRouteTableId = table.id;
const web = new KMSClientGroup("web", { ...common, ${group} });
export const members = web.members;
export const machinesMissing = web.machinesMissing;
`);

const wrongProgram = kmsProgram(`
const azureKmsRouteTableId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/routeTables/tunnel";
const system = { os: OperatingSystem.WindowsServer2022, edition: Edition.Datacenter };
const machines = { create: { ...create, count: 1 } };
const host = new KMSHost("kms", hostArgs);
const outside = { host: "web1.corp.example", user: "admin", password: "x", hostKeyFingerprint: "SHA256:" + "a".repeat(43) };
new KMSClientGroup("both", { ...system, machines, azureKms: pulumi.output(true), hosts: [host] });
new KMSClientGroup("neither", { ...system, machines });
new KMSClientGroup("outside", { ...system, azureKms: true, machines: { ssh: { machines: [outside] } } });
new KMSClientGroup("first", { ...system, machines, azureKms: true, azureKmsRouteTableId });
new KMSClientGroup("second", { ...system, machines, azureKms: true, azureKmsRouteTableId, discovery: "fixedHost" });
`);

describe("a group that Azure's own KMS activates, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "azure-kms", program(""));
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const membersIn = (outputs: { members: { value: unknown } }) => outputs.members.value as KMSClientMember[];

  const { step } = story();

  const wrong = step("a preview of wrong groups", async () => {
    await stack.write(wrongProgram);
    return stack.preview();
  });

  it("is refused by the path of each wrong argument, and gets no children", async () => {
    const { ok, diagnostics, events } = await wrong();
    assert.equal(ok, false);
    const declared = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata.urn ?? []);
    const ofGroups = declared.filter((urn) => urn.includes("KMSClientGroup$"));
    assert.deepEqual(
      ofGroups.filter((urn) => !urn.split("::")[3].startsWith("first-")),
      [],
    );
    assert.equal(ofGroups.filter((urn) => urn.includes(":Route::")).length, 3);
    const errors = diagnostics.filter(({ severity, urn }) => severity === "error" && urn !== undefined);
    const reported = errors.map(({ urn, message }) => `${urn?.split("::").at(-1)} ${message.split(":")[0]}`);
    assert.deepEqual(reported.filter((text) => /KMS/.test(text)).sort(), [
      "both KMS2250 azureKms",
      "neither KMS2241 hosts",
      "outside KMS2251 machines.ssh",
      "second KMS2252 discovery",
      "second KMS2254 azureKmsRouteTableId",
    ]);
  });

  const elsewhere = step("a preview in an unknown cloud", async () => {
    process.env.ARM_ENVIRONMENT = "german";
    try {
      await stack.write(program(""));
      return await stack.preview();
    } finally {
      delete process.env.ARM_ENVIRONMENT;
    }
  });

  it("is refused in an unknown cloud; the error lists the known ones", async () => {
    const { ok, text } = await elsewhere();
    assert.equal(ok, false);
    assert.match(text, /KMS3102 ARM_ENVIRONMENT is german.*public, usgovernment, china/);
  });

  const tunnelled = step("a preview with a declared tunnel", async () => {
    await stack.write(program(`assume: { network: { defaultRoute: "VirtualNetworkGateway" } }`));
    return stack.preview();
  });

  it("gets a warning for declared forced tunnelling, with the argument to set", async () => {
    const { ok, text } = await tunnelled();
    assert.ok(ok, text);
    assert.match(text, /KMS2232 assume\.network\.defaultRoute: .*azureKmsRouteTableId/);
  });

  const withoutRoutes = step("an update without routes", async () => {
    await stack.write(program(""));
    return stack.up();
  });

  it("fails behind a forced tunnel, and says how to reach Azure's KMS", async () => {
    const { ok, text } = await withoutRoutes();
    assert.equal(ok, false);
    assert.match(text, /KMS4004 .*2 of 2 members of web failed/);
    assert.match(
      text,
      /web-1.*: 0xC004F074 SL_E_VL_BINDING_SERVICE_UNAVAILABLE: Azure's own KMS could not be contacted/,
    );
    assert.match(text, /azureKmsRouteTableId/);
    assert.match(text, /stopped and deallocated after the fix/);
    assert.match(text, /It asked azkms\.core\.windows\.net:1688\./);
  });

  const withRoutes = step("an update with routes", async () => {
    await stack.write(program("azureKmsRouteTableId"));
    return { ...(await stack.up()), resources: await lab.control.resources() };
  });

  it("is activated once it has its routes, without a threshold", async () => {
    const { ok, outputs, text, counts, resources } = await withRoutes();
    assert.ok(ok, text);
    assert.equal(counts.create, 3, text);
    assert.deepEqual(
      membersIn(outputs as never).map(({ name, status, kmsHost }) => `${name} ${status} ${kmsHost}`),
      ["web-1 Licensed azkms.core.windows.net", "web-2 Licensed azkms.core.windows.net"],
    );
    assert.equal(outputs.machinesMissing.value, 0);
    const routes = resources.filter((id) => /\/routes\/azkms-/.test(id));
    assert.deepEqual(routes.map((id) => id.split("/").at(-1)).sort(), [
      "azkms-web-20.118.99.224",
      "azkms-web-23.102.135.246",
      "azkms-web-40.83.235.53",
    ]);
  });

  const again = step("a second update", async () => {
    await lab.control.resetRequests();
    return { ...(await stack.up()), requests: await lab.control.requests() };
  });

  it("changes nothing in a second update", async () => {
    const { counts, text, requests } = await again();
    assert.deepEqual(Object.keys(counts), ["same"], text);
    const runs = requests.filter(({ type }) => /runCommands/i.test(type));
    assert.deepEqual(runs, []);
  });

  const refreshed = step("refresh", () => stack.refresh());

  it("is still licensed in a refresh", async () => {
    const { ok, outputs, text } = await refreshed();
    assert.ok(ok, text);
    assert.deepEqual(
      membersIn(outputs as never).map(({ status }) => status),
      ["Licensed", "Licensed"],
    );
  });

  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("leaves nothing after destroy", async () => {
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
