import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { UnreachablePolicy } from "../../provider/catalog/constants";
import { isRebuilt, longAwayInWords, membersToVisit } from "../../provider/group/presence";
import type {
  ClientActivationInputs,
  ClientActivationOutputs,
  MemberState,
} from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { create, diff, read, update } from "../../provider/handlers";
import { openMachine } from "../../provider/machine/open-machine";
import { azureEndpoint } from "../environment";
import { activateHost } from "../machine/activate-host";
import { muted } from "../faults/muted";
import { type Arm, createMachine, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { group2022, hostKey } from "../lab/windows/test-lab";
import { groupInputs } from "./group-inputs";
import { tally } from "./rollout-fixture";

describe("members that are off", function () {
  this.timeout(30_000);
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let subnetId: string;
  let inputs: ClientActivationInputs;
  let outs: ClientActivationOutputs;

  before(async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
    subnetId = await createNetwork(arm);
    const key = hostKey(group2022);
    const host = await createMachine(arm, "kms", subnetId);
    await activateHost(openMachine({ azureVmId: host }), key);
    const machines = [];
    for (let index = 1; index <= 6; index += 1) {
      machines.push({
        name: `web${index}`,
        azureVmId: await createMachine(arm, `web${index}`, subnetId),
      });
    }
    inputs = groupInputs("10.0.1.4", { machines });
  });
  after(async () => {
    await arm.close();
  });
  beforeEach(async () => {
    await arm.control.clearFaults();
    for (const { name } of inputs.machines) {
      await arm.control.startMachine(name);
    }
    outs = (await muted(() => create(inputs as never))).outs as ClientActivationOutputs;
    await arm.control.resetRequests();
  });

  const changes = (news = inputs) =>
    muted(async () => (await diff("web", outs as never, news as never)).changes);
  const updated = async (news = inputs) => {
    outs = (await muted(() => update("web", outs as never, news as never))).outs as ClientActivationOutputs;
    return tally(readMembers(outs));
  };
  const requests = async (method: string, type: RegExp) =>
    (await arm.control.requests())
      .filter((request) => request.method === method && type.test(request.type))
      .reduce((total, { count }) => total + count, 0);

  it("cost no request of their own, and are no difference until they are back", async () => {
    await arm.control.stopMachine("web2");
    await arm.control.stopMachine("web5");
    const moved = { ...inputs, timeoutMinutes: 5, lookupDomain: "x" };
    assert.deepEqual(await updated(moved), { Licensed: 4, Off: 2 });
    assert.equal(await requests("PUT", /runCommands/i), 4);
    assert.equal(await changes(moved), false);
    await arm.control.startMachine("web5");
    assert.equal(await changes(moved), true);
    await arm.control.resetRequests();
    assert.deepEqual(await updated(moved), { Licensed: 5, Off: 1 });
    assert.equal(await requests("PUT", /runCommands/i), 1);
  });

  it("are seen by one list in a refresh, and keep what was known of them", async () => {
    await arm.control.stopMachine("web2");
    const before = readMembers(outs).find(({ name }) => name === "web2")!;
    const { props } = await muted(() => read("web", outs as never));
    const after = readMembers(props as ClientActivationOutputs).find(({ name }) => name === "web2")!;
    assert.deepEqual(after, { ...before, status: "Off" });
    assert.equal(await requests("PUT", /runCommands/i), 5);
  });

  it("say so themselves where Azure does not list them", async () => {
    await arm.control.stopMachine("web3");
    const refused = {
      match: "GET /subscriptions/[^/]+/providers/Microsoft.Compute/virtualMachines",
      status: 403,
    };
    await arm.control.addFault({ ...refused, times: 99 });
    const moved = { ...inputs, lookupDomain: "y" };
    assert.deepEqual(await updated(moved), { Licensed: 5, Off: 1 });
    assert.equal(await requests("PUT", /runCommands/i), 5);
    assert.equal(await changes(moved), false, "what is not known is no difference");
  });

  it("are failures where the program says so, in the next preview as well", async () => {
    await arm.control.stopMachine("web3");
    const strict = { ...inputs, lookupDomain: "z", rollout: { unreachable: UnreachablePolicy.Fail } };
    await assert.rejects(
      updated(strict),
      /KMS4004 1 of 6 members of web failed:\n {2}web3: the virtual machine is off/,
    );
    const { props } = await muted(() => read("web", outs as never));
    outs = props as ClientActivationOutputs;
    assert.equal(await changes({ ...inputs, rollout: strict.rollout }), true);
    assert.equal(await changes(), false);
  });

  it("are visited again when their machine was made again under the same ID", async () => {
    await arm.compute.virtualMachines.beginDeleteAndWait("rg", "web4");
    assert.equal(await changes(), false, "a machine that is gone is for a refresh to see");
    await createMachine(arm, "web4", subnetId);
    assert.equal(await changes(), true);
    await arm.control.resetRequests();
    assert.deepEqual(await updated(), { Licensed: 6 });
    assert.equal(await requests("PUT", /runCommands/i), 1);
    assert.equal(await changes(), false);
  });
});

describe("a machine that was made again", () => {
  const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web";
  const member: MemberState = { name: "web", azureVmId: id, status: "Licensed", vmId: "0f8fad5b" };
  const listed = (vmId?: string) => new Map([[id.toLowerCase(), { power: "running", vmId }]]);

  it("is known by Azure's own number of it", () => {
    assert.equal(isRebuilt(member, listed("0F8FAD5B-d9cb-469f-a165-70867728950e")), false);
    assert.equal(isRebuilt(member, listed("7c9e6679-7425-40de-944b-e07fc1f90ae7")), true);
  });

  it("is not assumed where one of the two numbers is not known", () => {
    const { vmId: _vmId, ...unknown } = member;
    assert.equal(isRebuilt(unknown, listed("7c9e6679-7425-40de-944b-e07fc1f90ae7")), false);
    assert.equal(isRebuilt(member, listed()), false);
    assert.equal(isRebuilt(member, new Map()), false);
  });
});

describe("members over SSH that did not answer", () => {
  let server: Server;
  let port: number;
  before(async () => {
    server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as { port: number }).port;
  });
  after(() => server.close());

  const visited = async (error: string, at: number, jump?: { host: string }) => {
    const ssh = { host: "127.0.0.1", port: at, ...(jump && { jump }) };
    const member: MemberState = { name: "srv", ssh: `127.0.0.1:${at}`, status: "Unreachable", error };
    const news = groupInputs("kms", { machines: [{ name: "srv", ssh }] });
    return (await membersToVisit(news, [member], new Map())).length;
  };

  it("are visited when their port takes connections again", async () => {
    assert.equal(await visited("KMS3202 srv refuses connections", port), 1);
    assert.equal(await visited("KMS3203 srv could not be reached in time", port), 1);
  });

  it("are left alone while it does not, and where a connection was not what they lacked", async () => {
    // Nothing listens on the port of tcpmux, and the system gives it to nobody.
    assert.equal(await visited("KMS3202 srv refuses connections", 1), 0);
    assert.equal(await visited("KMS3205 srv did not let admin sign in", port), 0);
    assert.equal(await visited("KMS3202 srv refuses connections", port, { host: "bastion" }), 0);
  });
});

describe("members that have been away for long", () => {
  const now = Date.parse("2027-06-30T00:00:00Z");
  const seen = (status: MemberState["status"], day: string): MemberState => ({
    name: `web-${day}`,
    status,
    seenAt: `${day}T00:00Z`,
  });
  const group = { name: "web", offlineDays: 0, threshold: 5 };
  const members = [
    seen("Off", "2027-05-31"),
    seen("Unreachable", "2027-01-01"),
    seen("Off", "2027-06-01"),
    seen("Licensed", "2027-01-01"),
  ];

  it("KMS4026: are counted once a KMS host has forgotten them, with what that leaves of the count", () => {
    assert.match(
      longAwayInWords(group, members, now) ?? "",
      /^KMS4026 2 of 4 members of web have not answered for 30 days or longer; .* leaves 1 machines? of this group toward its threshold of 5; 1 of them has been away for the 180 days/,
    );
  });

  it("are as the program assumes up to offlineDays", () => {
    assert.match(
      longAwayInWords({ ...group, offlineDays: 60 }, members, now) ?? "",
      /^KMS4026 1 of 4 .* 60 days .* threshold of 5; it has been away for the 180 days/,
    );
    assert.match(
      longAwayInWords(group, members.slice(0, 1), now) ?? "",
      /leaves 0 machines of this group toward its threshold of 5\. Start them/,
    );
    assert.equal(longAwayInWords({ ...group, offlineDays: 200 }, members, now), undefined);
  });
});
