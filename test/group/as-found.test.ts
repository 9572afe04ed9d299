import assert from "node:assert/strict";
import { Discovery } from "../../provider/catalog/constants";
import { desiredClient, thresholdFor } from "../../provider/group/desired";
import type {
  ClientActivationInputs,
  ClientActivationOutputs,
  MemberState,
} from "../../provider/group/state";
import { storeMembers } from "../../provider/group/stored-members";
import { azureEndpoint } from "../environment";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { groupOutputs } from "../../provider/group/update";
import { check, diff } from "../../provider/handlers";
import {
  boot,
  bootHost,
  machineId,
  server2019,
  server2022,
  server2025,
  setupKeys,
  testLab,
  type TestLab,
  windows10,
} from "../lab/windows/test-lab";
import { groupInputs } from "./group-inputs";
import { memberOf, rollOutFleet, tally, testFleet } from "./rollout-fixture";

/** Inputs of a group that takes its members as found, by DNS. */
const asFound = (changes: Partial<ClientActivationInputs> = {}) =>
  groupInputs("kms.corp.example", {
    os: "",
    edition: "",
    setupKey: "",
    threshold: 0,
    discovery: Discovery.Dns,
    hostAddresses: [],
    ...changes,
  });

/** Rolls out to all machines of the lab but its first KMS host. */
function rollOut(lab: TestLab, names: string[], inputs = asFound()) {
  const fleet = testFleet(lab, 0);
  return rollOutFleet(fleet, {
    members: names.map((name) => memberOf(machineId(name))),
    desired: desiredClient(inputs, "2026-01-01"),
    policy: inputs,
    thresholdOf: (state) => thresholdFor(inputs, state),
    rollout: { maxFailures: 0 },
  });
}

const byName = (states: MemberState[], name: string) => states.find((state) => state.name === name)!;

describe("members as found", () => {
  function mixedLab() {
    const lab = testLab();
    bootHost(lab, "kms");
    const names = ["a", "b", "c", "d"].map((name) => (boot(lab, name, server2022), name));
    names.push(...["e", "f"].map((name) => (boot(lab, name, { ...server2019, setupKey: undefined }), name)));
    return { lab, names };
  }

  it("get the setup key of what they run in the one run on each, with n + t - 1 requests", async () => {
    const { lab, names } = mixedLab();
    const { states, activationRequests } = await rollOut(lab, names);
    assert.deepEqual(tally(states), { Licensed: 6 });
    assert.equal(activationRequests, 6 + 5 - 1);
    const { partialProductKey, os, edition, osBuild } = byName(states, "e");
    assert.deepEqual(
      [partialProductKey, os, edition, osBuild],
      [setupKeys.server2019Datacenter.slice(-5), "Windows Server 2019", "Datacenter", "17763.8027"],
    );
  });

  it("are refused where the hosts do not serve them, before anything is changed, while the others go on", async () => {
    const { lab, names } = mixedLab();
    boot(lab, "new", { ...server2025, setupKey: undefined });
    const before = lab.fleet.snapshot(machineId("new"));
    const { states, stopped } = await rollOut(lab, ["new", ...names]);
    assert.deepEqual(tally(states), { Failed: 1, Licensed: 6 });
    assert.equal(stopped, undefined, "it is no failure that stops the rollout");
    const { error, os } = byName(states, "new");
    assert.match(error ?? "", /^KMS2013 hosts\[0\]: .* does not activate Windows Server 2025 Datacenter\b/);
    assert.equal(os, "Windows Server 2025");
    assert.deepEqual(lab.fleet.snapshot(machineId("new")), before);
  });

  it("are refused with what is known of an edition that has no setup key, and of a system that is too old", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const pc = { ...windows10, setupKey: undefined };
    boot(lab, "home", { ...pc, osBuild: "22631.1", editionId: "Core" });
    boot(lab, "se", { ...pc, osBuild: "22631.1", editionId: "CloudEdition" });
    boot(lab, "storage", {
      ...server2022,
      setupKey: undefined,
      osBuild: "14393.1",
      editionId: "ServerStorageStandard",
    });
    boot(lab, "vista", { ...pc, osBuild: "6002.1", editionId: "Enterprise" });
    const { states } = await rollOut(lab, ["home", "se", "storage", "vista"]);
    const errorOf = (name: string) => byName(states, name).error ?? "";
    assert.match(
      errorOf("home"),
      /^KMS4017 .* from the group\. Microsoft publishes no KMS client setup key for Windows Home/,
    );
    assert.match(errorOf("se"), /licensed with the device that it comes on/);
    assert.match(errorOf("storage"), /no KMS client setup key for this edition: it needs no activation, or/);
    assert.match(errorOf("vista"), /^KMS2003 os: Windows Vista is older than the operating systems/);
    assert.equal(lab.fleet.snapshot(machineId("vista")).productKeyChannel, "");
  });

  it("KMS4015: are refused where they are KMS hosts, unless the program accepts that", async () => {
    const { lab, names } = mixedLab();
    bootHost(lab, "former");
    const refused = await rollOut(lab, [...names, "former"]);
    assert.match(
      byName(refused.states, "former").error ?? "",
      /^KMS4015 machines: former is a KMS host with the key ending in /,
    );
    assert.equal(lab.fleet.snapshot(machineId("former")).productKeyChannel, "Volume:CSVLK");
    const accepting = asFound({ acknowledge: [{ code: "KMS4015", reason: "it is retired" }] });
    const taken = await rollOut(lab, [...names, "former"], accepting);
    assert.deepEqual(tally(taken.states), { Licensed: 7 });
    assert.equal(lab.fleet.snapshot(machineId("former")).productKeyChannel, "Volume:GVLK");
  });

  it("wait for the count that each of them needs", async () => {
    const { lab, names } = mixedLab();
    boot(lab, "pc", windows10);
    const { states } = await rollOut(lab, [...names, "pc"]);
    assert.deepEqual(tally(states), { Licensed: 6, Pending: 1 });
    const withoutIds = states.map(({ azureVmId: _id, ...state }) => state);
    const { machinesMissing, threshold } = groupOutputs(asFound(), [], withoutIds);
    assert.deepEqual([machinesMissing, threshold], [25 - 7, 25]);
  });

  it("KMS4016: are refused where they are not what is declared", async () => {
    const { lab, names } = mixedLab();
    const declared = asFound({
      os: "Windows Server 2022",
      edition: "Datacenter",
      setupKey: setupKeys.server2022Datacenter,
      threshold: 5,
    });
    const { states } = await rollOut(lab, names, declared);
    assert.match(
      byName(states, "e").error ?? "",
      /^KMS4016 os: e runs Windows Server 2019 Datacenter, but Windows Server 2022 Datacenter is declared\./,
    );
    assert.equal(byName(states, "a").error, undefined);
    assert.deepEqual(tally(states), { Pending: 4, Failed: 2 });
  });
});

describe("what was seen of members", () => {
  const seen = (name: string, os: string, edition: string): MemberState => ({
    name,
    azureVmId: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`,
    status: "Licensed",
    os,
    edition,
  });
  const states = [
    seen("a", "Windows Server 2022", "Datacenter"),
    seen("b", "Windows Server 2016", "Standard"),
  ];
  const machines = states.map(({ name, azureVmId }) => ({ name, azureVmId }));
  const inputs = asFound({ machines });
  const outs: ClientActivationOutputs = {
    ...groupOutputs(inputs, machines, states),
    ...storeMembers(states),
  };

  const findAzureAt = azureEndpoint();
  let arm: Arm;
  before(async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
  });
  after(async () => {
    await arm.close();
  });

  /** What a preview prints, and whether it has something to do. */
  async function previewed(news: ClientActivationInputs) {
    let printed = "";
    const write = process.stdout.write;
    process.stdout.write = (text) => ((printed += String(text)), true);
    try {
      const { changes } = await diff("web", outs as never, news);
      return { printed, changes };
    } finally {
      process.stdout.write = write;
    }
  }

  it("is used by the next preview to report members that other hosts do not serve", async () => {
    const hosts = [
      { ...inputs.hosts[0], keyGroup: "Volume License for Windows Server 2016", os: "Windows Server 2016" },
    ];
    assert.deepEqual(await previewed(inputs), { printed: "", changes: false });
    const { printed, changes } = await previewed({ ...inputs, hosts });
    assert.equal(changes, true);
    assert.match(
      printed,
      /^web: KMS2013 hosts\[0\]: .* does not activate Windows Server 2022 Datacenter\b.* Seen on a\.\n$/,
    );
  });

  it("is used by the next preview to report members that are not what is declared", async () => {
    const { printed } = await previewed({ ...inputs, os: "Windows Server 2022", edition: "Datacenter" });
    assert.match(printed, /^web: KMS4016 os: b runs Windows Server 2016 Standard, but .* Seen on b\.\n$/);
  });
});

describe("the check of a group by its handler", () => {
  const failures = async (changes: Partial<ClientActivationInputs>) =>
    ((await check({}, groupInputs("kms", changes) as never)).failures ?? []).map(({ property, reason }) => [
      property,
      reason.slice(0, 7),
    ]);
  const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  it("repeats the rules with what is known only then", async () => {
    assert.deepEqual(await failures({}), []);
    assert.deepEqual(await failures({ os: "Windows Server 2025" }), [
      ["", "KMS2012"],
      ["", "KMS2013"],
    ]);
  });

  it("applies what the program acknowledges", async () => {
    const setupKey = setupKeys.server2025Datacenter;
    const acknowledge = [{ code: "KMS2013", reason: "tried it" }];
    assert.deepEqual(await failures({ os: "Windows Server 2025", setupKey }), [["", "KMS2013"]]);
    assert.deepEqual(await failures({ os: "Windows Server 2025", setupKey, acknowledge }), []);
  });

  it("does not take for absent what is not known yet", async () => {
    assert.deepEqual(await failures({ hosts: unknownMark as never }), []);
    assert.deepEqual(await failures({ setupKey: unknownMark }), []);
    const machines = [{ name: "web-1", azureVmId: unknownMark }];
    assert.deepEqual(
      await failures({ hosts: [], machines }),
      [],
      "Azure's own KMS, for machines that are to be created",
    );
    assert.deepEqual(await failures({ os: unknownMark, edition: unknownMark, setupKey: unknownMark }), []);
  });
});
