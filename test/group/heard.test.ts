import assert from "node:assert/strict";
import { clientsPlan, nameHash } from "../../provider/group/heard";
import type { ClientActivationInputs, ClientActivationOutputs } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { encodeAnswer } from "../../provider/machine/licensing-script";
import { openMachine } from "../../provider/machine/open-machine";
import { azureEndpoint } from "../environment";
import { activateHost } from "../machine/activate-host";
import { read } from "../../provider/handlers";
import { heardClients, logClientRequest } from "../../provider/lab/windows/client-log";
import { newMachine } from "../../provider/lab/windows/windows-machine";
import type { KmsRequest } from "../../provider/lab/windows/kms-host-service";
import { EngineStandIn } from "../faults/engine-stand-in";
import { type Arm, createMachine, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { bootHost, group2022, hostKey, server2022, testLab } from "../lab/windows/test-lab";
import { labMak } from "../on-engine/kms-program";
import { groupInputs } from "./group-inputs";
import { tally } from "./rollout-fixture";

describe("a refresh that asks the KMS host", function () {
  this.timeout(60_000);
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let machines: { name: string; azureVmId: string }[];
  let group: EngineStandIn;
  let inputs: ClientActivationInputs;

  beforeEach(async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
    const subnetId = await createNetwork(arm);
    const key = hostKey(group2022);
    const azureVmId = await createMachine(arm, "kms", subnetId);
    await activateHost(openMachine({ azureVmId }), key);
    machines = [];
    for (let index = 1; index <= 6; index += 1) {
      machines.push({
        name: `web${index}`,
        azureVmId: await createMachine(arm, `web${index}`, subnetId),
      });
    }
    inputs = groupInputs("10.0.1.4", {
      machines,
      hostConnections: [{ name: "kms", azureVmId }],
      rollout: { maxConcurrent: 2 },
    });
  });
  afterEach(async () => {
    await arm.close();
  });
  beforeEach(async () => {
    group = new EngineStandIn(inputs);
    await group.apply();
    assert.deepEqual(tally(members()), { Licensed: 6 });
  });

  const members = () => readMembers(group.state!.outs as unknown as ClientActivationOutputs);

  /** Refreshes, and returns the machines that were visited, with how often, and what was printed. */
  async function refreshed() {
    await arm.control.resetRequests();
    let printed = "";
    const write = process.stdout.write;
    process.stdout.write = (text) => ((printed += String(text)), true);
    try {
      const { props } = await read("web", group.state!.outs);
      group.state = { id: "web", outs: props as never };
    } finally {
      process.stdout.write = write;
    }
    const runs = (await arm.control.requests()).filter(
      ({ method, type }) => method === "PUT" && /runCommands/i.test(type),
    );
    return { visits: runs.reduce((total, { count }) => total + count, 0), printed };
  }

  it("confirms all members by one visit to the host", async () => {
    const { visits, printed } = await refreshed();
    assert.equal(visits, 1);
    assert.match(printed, /web: of 6 members: 6 heard from by KMS hosts in the last 8 days\n/);
    assert.match(printed, /web: the log of kms reaches back 0\.0 of 8 days/);
    assert.deepEqual(tally(members()), { Licensed: 6 });
    assert.ok(members().every(({ heardAt, seenAt = "" }) => heardAt !== undefined && heardAt >= seenAt));
  });

  it("visits those that the host has not heard from, and no others", async () => {
    await arm.control.installKeyByHand("web2", labMak);
    await arm.control.advanceClock(9 * 1440);
    const { visits, printed } = await refreshed();
    assert.equal(visits, 2, "the host and web2, which has a MAK and asks nobody");
    assert.match(printed, /web: of 6 members: 5 heard from by KMS hosts in the last 8 days, 1 visited\n/);
    assert.deepEqual(tally(members()), { Licensed: 5, Drifted: 1 });
  });

  it("lengthens the activations of those that renewed", async () => {
    const before = Math.min(...members().map(({ expiresAt = "" }) => Date.parse(expiresAt)));
    await arm.control.advanceClock(20 * 1440);
    await refreshed();
    const now = (await arm.control.now()).getTime();
    for (const { expiresAt = "" } of members()) {
      assert.ok(Date.parse(expiresAt) > before);
      assert.ok(Date.parse(expiresAt) <= now + 180 * 86_400_000);
    }
  });

  it("visits every member where no host can be asked, and says which could not", async () => {
    await arm.control.stopMachine("kms");
    const { visits, printed } = await refreshed();
    assert.equal(visits, 6);
    assert.match(printed, /web: the KMS host kms was not asked: KMS3002 kms is not running/);
    assert.match(printed, /web: of 6 members: 6 visited\n/);
  });

  it("leaves alone what was seen within maxAgeDays, and visits what is due", async () => {
    await arm.control.stopMachine("kms");
    await group.apply({ refresh: { maxAgeDays: 30 } });
    assert.equal((await refreshed()).visits, 0);
  });
});

describe("the log of a KMS host", () => {
  const request = (clientName: string, clientMachineId = clientName): KmsRequest => ({
    ...({ clientName, clientMachineId, requiredCount: 5, licenseStatus: 1, time: 0 } as KmsRequest),
  });

  const lab = testLab();
  const now = lab.clock.now();
  const id = bootHost(lab, "kms");
  const plain = lab.fleet.runLicensingPlan(id, clientsPlan(8, 0, 1), {});

  function askedHost(clients: number) {
    const host = newMachine(
      { ...server2022, id: "/vms/asked", computerName: "asked" },
      { uuid: "u", clientMachineId: "c" },
      now,
    );
    for (let index = 0; index < clients; index += 1) {
      logClientRequest(host, request(`client-${index}.corp.example`), undefined, now);
    }
    const ask = (part: number, parts: number) => {
      const clients = heardClients(host, { sinceDays: 8, part, parts }, now);
      return { ...plain, clients };
    };
    return { host, ask };
  }

  it("is answered in parts that have room in what a run command returns", () => {
    const { ask } = askedHost(5000);
    const parts = 20;
    const names = new Set<string>();
    for (let part = 0; part < parts; part += 1) {
      const answer = ask(part, parts);
      assert.ok(encodeAnswer(answer).length < 4096);
      assert.equal(answer.clients.more, 0);
      Buffer.from(answer.clients.names, "base64")
        .toString("hex")
        .match(/.{8}/g)!
        .forEach((hash) => names.add(hash));
    }
    assert.equal(names.size, 5000);
    assert.ok(names.has(nameHash({ name: "CLIENT-4711.elsewhere.example" })));
    const crowded = ask(0, 1);
    assert.equal(crowded.clients.more, 4600);
    assert.ok(encodeAnswer(crowded).length < 4096);
  });

  it("leaves out names of several machines, and those whose newest request was refused", () => {
    const { host, ask } = askedHost(0);
    const say = (name: string, machine: string, hresult?: string) =>
      logClientRequest(host, request(name, machine), hresult, now);
    say("twin", "id-1");
    say("twin.other.example", "id-2");
    say("refused", "id-3");
    say("refused", "id-3", "0xC004F042");
    say("served", "id-4", "0xC004F042");
    say("served", "id-4");
    const hashes = Buffer.from(ask(0, 1).clients.names, "base64").toString("hex");
    assert.equal(hashes, nameHash({ name: "served" }));
  });
});
