import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { fleetReport } from "../../provider/report/make-report";
import { exported, group, host, member, now, secret } from "./exported";
import { largeFleet } from "./large-fleet";
import { reading } from "./ledger";

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, "../../docs/fleet-report.schema.json"), "utf8"),
);

describe("fleetReport", () => {
  it("has hosts with their count against both thresholds", () => {
    const { hosts } = fleetReport(exported(host("kms", { currentCount: 12 })), [], now);
    assert.deepEqual(hosts, [
      {
        name: "kms",
        machine: "KMS",
        domain: "corp.example",
        place: "rg/kms",
        os: "Windows Server 2022",
        keyGroup: "Volume License for Windows Server 2022",
        keyEnding: "N2W2K",
        status: "Licensed",
        count: 12,
        servers: { threshold: 5, missing: 0 },
        windowsClients: { threshold: 25, missing: 13 },
        activatedAt: "2026-11-25T19:00:00Z",
        drift: [],
      },
    ]);
  });

  it("takes the count that members were answered with when it is newer than what the host said", () => {
    const stack = (hostChanged: string) =>
      exported(
        host("kms", { currentCount: 2 }, hostChanged),
        group("web", [member("a", "Licensed", { count: 7 }), member("b", "Licensed", { count: 9 })]),
      );
    assert.equal(fleetReport(stack("2026-11-25T19:00:00Z"), [], now).hosts[0].count, 9);
    assert.equal(fleetReport(stack("2026-11-25T19:45:00Z"), [], now).hosts[0].count, 2);
  });

  it("takes no answer for that of one of several machines of the same name", () => {
    const twins = ["one", "two"].map((name) => host(name, { computerName: "KMS", currentCount: 1 }));
    const { hosts } = fleetReport(exported(...twins, group("web", [member("a", "Licensed")])), [], now);
    assert.deepEqual(
      hosts.map(({ count }) => count),
      [1, 1],
    );
  });

  it("has groups with those members first that need attention", () => {
    const failed = member("b", "Failed", { error: "KMS4011 no host", count: 0 });
    const overSsh = member("c", "Pending", { vm: "", ssh: "srv.corp.example:2222 SHA256:abc" });
    const stack = exported(group("web", [member("a", "Licensed"), failed, overSsh], { machinesMissing: 2 }));
    const [web] = fleetReport(stack, [], now).groups;
    assert.deepEqual(
      web.members.map(({ name, place, status, expiry, error }) => [name, place, status, expiry, error]),
      [
        ["b", "rg/b", "Failed", "", "KMS4011 no host"],
        ["c", "srv.corp.example:2222", "Pending", "", ""],
        ["a", "rg/a", "Licensed", "2027-05-24T16:25Z", ""],
      ],
    );
    assert.deepEqual(web.membersByStatus, { Failed: 1, Pending: 1, Licensed: 1 });
    assert.deepEqual(
      [web.name, web.os, web.edition, web.hosts, web.threshold, web.machinesMissing, web.membersHidden],
      ["web", "Windows Server 2022", "Datacenter", ["kms.corp.example"], 5, 2, false],
    );
  });

  it("sums up, and tells passed expiries from those to come", () => {
    const stack = exported(
      host("kms"),
      host("kms2", { licenseStatus: "Notification" }),
      group("web", [
        member("a", "Licensed", { expiry: "2026-11-25T19:59Z" }),
        member("b", "Licensed", { expiry: "2027-01-02T00:00Z" }),
        member("c", "Pending"),
      ]),
      group("db", [member("d", "Pending")], { machinesMissing: 4 }),
    );
    assert.deepEqual(fleetReport(stack, [], now).summary, {
      hosts: 2,
      hostsLicensed: 1,
      members: 4,
      membersByStatus: { Licensed: 2, Pending: 2 },
      machinesMissing: 4,
      expiryPassed: 1,
      nextExpiry: "2027-01-02T00:00:00.000Z",
      allLicensed: false,
    });
    const licensed = exported(host("kms"), group("web", [member("a", "Licensed")]));
    assert.equal(fleetReport(licensed, [], now).summary.allLicensed, true);
  });

  it("counts expiries by week, which begins on Monday", () => {
    const expiries = ["2027-05-23T23:59Z", "2027-05-24T00:00Z", "2027-05-30T23:59Z", "no date"];
    const members = expiries.map((expiry, index) => member(`m${index}`, "Licensed", { expiry }));
    assert.deepEqual(fleetReport(exported(group("web", members)), [], now).expiries, [
      { week: "2027-05-17", members: 1 },
      { week: "2027-05-24", members: 2 },
    ]);
  });

  it("has the places of a key from its ledger", () => {
    const [key, ...others] = fleetReport(exported(host("kms1"), host("kms2")), [reading], now).keys;
    assert.deepEqual(others, []);
    assert.deepEqual(key, {
      keyGroup: "Volume License for Windows Server 2022",
      keyEnding: "N2W2K",
      ledger: "file://./kms-ledger",
      source: "ledger",
      ledgerError: "",
      hostLimit: 6,
      hostsUsed: 4,
      hosts: ["KMS1", "KMS2", "OLD"].map((machine, index) => ({
        machine,
        stack: "acme/corp/prod",
        retired: machine === "OLD",
        activationsSpent: index + 1,
        activationsLeft: 9 - index,
      })),
    });
  });

  it("counts the stack's own hosts where the ledger cannot be read, and says why", () => {
    const stack = exported(
      host("kms"),
      host("lapsed", { licenseStatus: "Notification" }),
      host("off", { licenseStatus: "Unlicensed", activationTime: "" }),
    );
    const unread = { ...reading, document: undefined, error: "KMS6002 no such container" };
    const missing = { ...reading, document: undefined };
    const summary = (readings: (typeof reading)[]) => {
      const [{ source, hostsUsed, ledgerError }] = fleetReport(stack, readings, now).keys;
      return [source, hostsUsed, ledgerError];
    };
    assert.deepEqual(summary([unread]), ["stack", 2, "KMS6002 no such container"]);
    assert.deepEqual(summary([missing]), ["stack", 2, "it has no document of this key"]);
    assert.deepEqual(summary([]), ["stack", 2, ""]);
  });

  it("shows no secret, neither in clear nor encrypted", () => {
    const stack = exported(host("kms", { ssh: secret, azureVmId: "", os: secret }), group("web", secret));
    const report = fleetReport(stack, [], now);
    assert.ok(!JSON.stringify(report).includes("CIPHERTEXT"));
    assert.deepEqual([report.hosts[0].os, report.hosts[0].place], ["[secret]", ""]);
    assert.deepEqual([report.groups[0].membersHidden, report.groups[0].members], [true, []]);
  });

  it("leaves out what is still to be deleted, and is empty for a stack without resources", () => {
    const old = { ...host("old"), delete: true };
    assert.deepEqual(fleetReport(exported(old), [], now).hosts, []);
    const { stack, summary } = fleetReport({ deployment: {} }, [], now);
    assert.deepEqual(stack, { name: "", project: "", updatedAt: "" });
    assert.deepEqual([summary.members, summary.allLicensed], [0, true]);
  });

  it("bears a group that an update left without members", () => {
    const { groups } = fleetReport(exported(group("web", undefined as never)), [], now);
    assert.deepEqual([groups[0].members, groups[0].membersHidden], [[], false]);
  });

  it("fails for the state of a newer version", () => {
    assert.throws(
      () => fleetReport(exported(host("kms", { stateVersion: 99 })), [], now),
      /^KmsError: KMS9001 the resource was written by a newer version of this package: state version 99, this one knows up to 1/,
    );
  });

  it("is as its schema says", () => {
    const validate = new Ajv2020({ strict: true }).compile(schema);
    for (const report of [
      fleetReport(largeFleet(200), [reading], now),
      fleetReport({ deployment: {} }, [], now),
    ]) {
      assert.ok(validate(report), JSON.stringify(validate.errors));
    }
  });
});
