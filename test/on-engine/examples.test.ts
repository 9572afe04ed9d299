import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findNamed } from "../lab-run/servers/bind";
import { runLab } from "../lab-run/run-lab";
import type { LabReport } from "../lab-run/lab-report";
import { findSshd } from "../lab-run/servers/sshd";
import { expectNoSecrets, type LabRunner, labRunner, stepsOf } from "./lab-run";

/** The steps that every run begins with: `labResources` are the resources of Azure. */
const broughtUp = (resources: number, labResources: number) => [
  ["preview", { create: resources }, 0],
  ["up", { create: resources }, labResources],
  ["second up", { same: resources }, labResources],
  ["refresh", { same: resources }, labResources],
  ["preview", { same: resources }, labResources],
];

/** Members by group, all of them licensed. */
function licensedByGroup({ members }: LabReport): Record<string, number> {
  const groups: Record<string, number> = {};
  for (const { group, name, status } of members) {
    assert.equal(status, "Licensed", name);
    groups[group] = (groups[group] ?? 0) + 1;
  }
  return groups;
}

const ledgersOf = ({ keys }: LabReport) => keys.map(({ ending, ledger }) => ({ ending, ...ledger }));

/** What a program uses that creates its network, KMS hosts and members; and one with a zone besides. */
const withoutZone = [
  ...["resourceGroups", "networks", "machines", "securityGroups"],
  ...["runCommands", "hostAddresses", "powerStates"],
];
const withZone = [...withoutZone, "privateZones", "azureRecords"];

describe("the examples in the lab, on the real engine", function () {
  this.timeout(400_000);
  let lab: LabRunner;

  beforeEach(() => {
    lab = labRunner();
  });
  afterEach(() => lab.remove());

  /** Runs an example with just the actions of these features. */
  async function run(example: string, features: string[]) {
    const result = await lab.run(example, { features });
    assert.equal(result.exitCode, 0, result.log);
    assert.deepEqual(result.report.features, [...features].sort());
    expectNoSecrets(result);
    lab.expectNothingLeft();
    return result;
  }

  it("minimal: activates five servers", async () => {
    const { report } = await run("minimal", withZone);
    assert.deepEqual(stepsOf(report), [...broughtUp(25, 28), ["destroy", { delete: 25 }, 0]]);
    assert.deepEqual(licensedByGroup(report), { web: 5 });
    assert.deepEqual(ledgersOf(report), [{ ending: "N2W2K", hosts: 1, activations: 1, retired: 0 }]);
  });

  it("fleet: activates four groups, each on hosts that count enough of them", async () => {
    const { report, log } = await run("fleet", withoutZone);
    assert.deepEqual(stepsOf(report), [...broughtUp(144, 195), ["destroy", { delete: 144 }, 0]]);
    assert.deepEqual(licensedByGroup(report), { web: 16, app: 10, old: 6, desk: 28 });
    assert.deepEqual(ledgersOf(report), [{ ending: "N7W4K", hosts: 2, activations: 2, retired: 0 }]);
    const hostsOf = (group: string) =>
      new Set(report.members.filter((member) => member.group === group).map(({ kmsHost }) => kmsHost)).size;
    assert.deepEqual(["web", "app", "old", "desk"].map(hostsOf), [2, 2, 1, 1]);
    assert.match(log, /desk: 28 of 28 licensed, in \d+ s, \d+ activation requests/);
  });

  it("team: counts in one ledger in Azure Blob Storage, and checks each update by the policy pack", async () => {
    const { report, log, looks } = await run("team", [...withoutZone, "blobLedger"]);
    assert.deepEqual(stepsOf(report), [...broughtUp(22, 24), ["destroy", { delete: 22 }, 0]]);
    assert.deepEqual(licensedByGroup(report), { web: 5 });
    assert.deepEqual(ledgersOf(report), [{ ending: "N2W2K", hosts: 1, activations: 1, retired: 0 }]);
    assert.match(log, /✅ pulumi-windows-kms@v/);
    assert.ok(
      looks.some((line) => line.includes("azurite")),
      "Azurite was really running",
    );
  });

  it("lab-environment: spends no second host in three rebuilds", async () => {
    const { report } = await run("lab-environment", withZone);
    const rebuilds = [1, 2, 3].flatMap((time) => [
      [`rebuild ${time} of 3: destroy`, { delete: 12, same: 13 }, 13],
      [`rebuild ${time} of 3: up`, { create: 12, same: 13 }, 28],
      [`rebuild ${time} of 3: second up`, { same: 25 }, 28],
    ]);
    assert.deepEqual(stepsOf(report), [...broughtUp(25, 28), ...rebuilds, ["destroy", { delete: 25 }, 0]]);
    assert.deepEqual(licensedByGroup(report), { machines: 5 });
    const [{ ledger, microsoft }] = report.keys;
    assert.deepEqual(ledger, { hosts: 1, activations: 1, retired: 0 });
    assert.deepEqual(microsoft, { hosts: 1, activations: 1 });
  });

  it("migration: moves all clients from the old host to the new one", async () => {
    const { report } = await run("migration", withZone);
    const steps = [
      ["both hosts, the clients move: preview", { create: 7, same: 23, update: 4 }, 31],
      ["both hosts, the clients move: up", { create: 7, same: 23, update: 4 }, 38],
      ["both hosts, the clients move: second up", { same: 34 }, 38],
      ["the old host goes: preview", { delete: 7, same: 27 }, 38],
      ["the old host goes: up", { delete: 7, same: 27 }, 31],
      ["the old host goes: second up", { same: 27 }, 31],
      ["the clients look in DNS: preview", { same: 25, update: 2 }, 31],
      ["the clients look in DNS: up", { same: 25, update: 2 }, 31],
      ["the clients look in DNS: second up", { same: 27 }, 31],
    ];
    assert.deepEqual(stepsOf(report), [...broughtUp(27, 31), ...steps, ["destroy", { delete: 27 }, 0]]);
    assert.deepEqual(
      report.hosts.map(({ name }) => name),
      ["kms-2025"],
    );
    assert.deepEqual(licensedByGroup(report), { servers: 6 });
    assert.deepEqual([...new Set(report.members.map(({ kmsHost }) => kmsHost))], ["kms-2025.corp.example"]);
    // The new host has answered each of them above its threshold, not only been asked.
    assert.deepEqual(
      report.members
        .filter(({ currentCount = 0 }) => currentCount < 5)
        .map(({ name, currentCount }) => [name, currentCount]),
      [],
    );
    assert.deepEqual(ledgersOf(report), [
      { ending: "N6W6K", hosts: 1, activations: 1, retired: 1 },
      { ending: "N7W4K", hosts: 1, activations: 1, retired: 0 },
    ]);
  });

  it("max: accepts every argument, in Azure and over SSH, with keys that are confirmed by telephone", async function () {
    if (findNamed() === undefined || findSshd() === undefined) {
      this.skip();
    }
    const { report } = await run("max", [
      ...withZone,
      ...["scaleSets", "scaleSetMembers", "scaleSetExtension", "azureKmsRoutes", "blobLedger"],
    ]);
    const confirm = "Microsoft confirms by telephone";
    assert.deepEqual(stepsOf(report), [
      ["preview", { create: 62 }, 0],
      ["up", { create: 62 }, 57],
      ["second up", { same: 62 }, 57],
      // The program's own scale set has got the extension that the group adds to its model.
      ["refresh", { same: 61, update: 1 }, 57],
      ["preview", { same: 62 }, 57],
      [`${confirm}: preview`, { same: 58, update: 4 }, 57],
      [`${confirm}: up`, { same: 58, update: 4 }, 57],
      [`${confirm}: second up`, { same: 62 }, 57],
      ["destroy", { delete: 62 }, 0],
    ]);
    assert.deepEqual(licensedByGroup(report), { web: 5, burst: 2, farm: 2, app: 1, site: 5, suite: 5 });
    // Each host is also declared as a read-only one, except the quiet one and the key that waits for the telephone.
    assert.deepEqual(
      report.hosts
        .map(({ computerName, licenseStatus, partialProductKey }) =>
          [computerName, licenseStatus, partialProductKey].join(" "),
        )
        .sort(),
      [
        "kms-quiet Licensed N2W2K",
        ...Array<string>(2).fill("max-kms Licensed N2W2K"),
        ...Array<string>(2).fill("site-kms Licensed N2W2K"),
        "site-kms Licensed N3N3K",
        ...Array<string>(2).fill("site-kms Licensed N4N4K"),
      ],
    );
    assert.deepEqual(ledgersOf(report), [
      { ending: "N2W2K", hosts: 3, activations: 3, retired: 0 },
      { ending: "N4N4K", hosts: 1, activations: 1, retired: 0 },
      { ending: "N3N3K", hosts: 1, activations: 1, retired: 0 },
    ]);
  });
});

describe("an example with a wrong lab.json", () => {
  let repository: string;

  beforeEach(() => {
    repository = mkdtempSync(path.join(tmpdir(), "wrong-example-"));
    mkdirSync(path.join(repository, "examples/x"), { recursive: true });
    writeFileSync(path.join(repository, "examples/x/Pulumi.yaml"), "name: x\nruntime: nodejs\n");
  });
  afterEach(() => rmSync(repository, { recursive: true, force: true }));

  const exitCode = (example: string) => runLab({ repository, env: {}, example, keep: false, json: false });

  it("ends with exit code 2 before anything runs", async () => {
    writeFileSync(path.join(repository, "examples/x/lab.json"), '{"rebuild": 0}');
    assert.equal(await exitCode("x"), 2);
    assert.equal(await exitCode("y"), 2);
  });
});
