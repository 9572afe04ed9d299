import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { fleetReport } from "../../provider/report/make-report";
import { component, exported, group, host, member, now, officeKey, secret } from "./exported";
import { largeFleet } from "./large-fleet";
import { reading } from "./ledger";

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, "../../docs/fleet-report.schema.json"), "utf8"),
);

const warning = {
  code: "KMS2104",
  severity: "warning",
  path: "os",
  message: "KMS2104 os: the support of Windows Server 2022 ended.",
};

describe("report of a stack", () => {
  it("has diagnostics of hosts and groups, also of those that an error kept from being activated", () => {
    const error = { ...warning, code: "KMS2001", severity: "error", path: "key.keyGroup" };
    const accepted = { ...warning, severity: "info", acknowledged: true };
    const stack = exported(
      component("KMSHost", "kms", { diagnostics: [error] }),
      component("KMSClientGroup", "web", { diagnostics: [warning, accepted] }),
    );
    const { hosts, groups, summary } = fleetReport(stack, [], now);
    assert.deepEqual([hosts[0].diagnostics, groups[0].diagnostics], [[error], [warning, accepted]]);
    assert.deepEqual([hosts[0].licenseStatus, groups[0].members], [undefined, []]);
    assert.deepEqual(summary.diagnosticCounts, { error: 1, warning: 1, info: 1 });
    assert.deepEqual([summary.hostsLicensed, summary.allLicensed], [0, false]);
  });

  it("sums up, and tells passed expiries from those to come", () => {
    const stack = exported(
      host("kms"),
      host("kms2", { licenseStatus: "Notification" }),
      group("web", [
        member("a", "Licensed", { expiresAt: "2026-11-25T19:59Z" }),
        member("b", "Licensed", { expiresAt: "2027-01-02T00:00Z" }),
        member("c", "Pending"),
      ]),
      group("db", [member("d", "Pending")], { machinesMissing: 4 }),
    );
    assert.deepEqual(fleetReport(stack, [], now).summary, {
      hosts: 2,
      hostsLicensed: 1,
      hostsNotObserved: 0,
      members: 4,
      memberCounts: { Licensed: 2, Pending: 2 },
      machinesMissing: 4,
      expiriesPassed: 1,
      nextExpiry: "2027-01-02T00:00:00.000Z",
      diagnosticCounts: {},
      allLicensed: false,
    });
    const licensed = exported(host("kms"), group("web", [member("a", "Licensed")]));
    assert.equal(fleetReport(licensed, [], now).summary.allLicensed, true);
  });

  it("has the hosts that a key has used from its ledger", () => {
    const [key, ...others] = fleetReport(exported(host("kms1"), host("kms2")), [reading], now).keys;
    assert.deepEqual(others, []);
    assert.deepEqual(key, {
      keyGroup: "Volume License for Windows Server 2022",
      partialProductKey: "N2W2K",
      ledger: "file://./kms-ledger",
      source: "ledger",
      hostLimit: 6,
      hostsUsed: 4,
      hosts: ["KMS1", "KMS2", "OLD"].map((computerName, index) => ({
        computerName,
        stack: "acme/corp/prod",
        retired: computerName === "OLD",
        activationsSpent: index + 1,
        activationsLeft: 9 - index,
      })),
    });
  });

  it("counts the stack's own hosts where the ledger cannot be read, and says why", () => {
    const stack = exported(
      host("kms"),
      host("lapsed", { licenseStatus: "Notification" }),
      host("off", { licenseStatus: "Unlicensed", activatedAt: undefined }),
    );
    const unread = { ...reading, document: undefined, error: "KMS6002 no such container" };
    const missing = { ...reading, document: undefined };
    const summary = (readings: (typeof reading)[]) => {
      const [{ source, hostsUsed, ledgerError }] = fleetReport(stack, readings, now).keys;
      return [source, hostsUsed, ledgerError];
    };
    assert.deepEqual(summary([unread]), ["stack", 2, "KMS6002 no such container"]);
    assert.deepEqual(summary([missing]), ["stack", 2, "it has no document of this key"]);
    assert.deepEqual(summary([]), ["stack", 2, undefined]);
  });

  it("shows no secret, neither in clear nor encrypted", () => {
    const stack = exported(
      host("kms", { ssh: secret, azureVmId: undefined, foundOs: secret }),
      group("web", secret),
      group("db", [member("a", "Licensed", { kmsHost: secret })], { common: { scope: secret } }),
    );
    const report = fleetReport(stack, [], now);
    assert.ok(!JSON.stringify(report).includes("CIPHERTEXT"));
    const [{ os, azureVmId, ssh }] = report.hosts;
    assert.deepEqual([os, azureVmId, ssh], ["[secret]", undefined, undefined]);
    const [web, db] = report.groups;
    assert.deepEqual([web.membersHidden, web.members], [true, []]);
    assert.deepEqual([db.members[0].kmsHost, db.members[0].azureVmId], ["[secret]", undefined]);
  });

  it("leaves out what is still to be deleted, and is empty for a stack without resources", () => {
    const old = host("old").map((resource) => ({ ...resource, delete: true }));
    assert.deepEqual(fleetReport(exported(old), [], now).hosts, []);
    const { stack, summary } = fleetReport({ deployment: {} }, [], now);
    assert.deepEqual(stack, {});
    assert.deepEqual([summary.members, summary.allLicensed], [0, true]);
  });

  it("fails for the state of a newer version", () => {
    assert.throws(
      () => fleetReport(exported(host("kms", { stateVersion: 99 })), [], now),
      /^KmsError: KMS9001 the resource was written by a newer version of this package: state version 99, this one knows up to 1/,
    );
  });

  it("has the form of its schema, which names nothing else", () => {
    const validate = new Ajv2020({ strict: true }).compile(schema);
    const everything = exported(
      host("kms", { ssh: { host: "kms" }, currentCount: 1 }),
      officeKey("kms"),
      component("KMSHost", "invalid", { diagnostics: [{ ...warning, acknowledged: true }] }),
      group("web", [
        member("a", "Failed", { error: "KMS4011", activatedAt: "2026-11-25T19:25Z", ssh: "a" }),
        member("b", "Licensed", { os: "Windows Server 2022", edition: "Datacenter", osBuild: "20348.1" }),
      ]),
      group("office", [], { office: "Office LTSC 2024" }),
    );
    const unread = { ...reading, document: undefined, error: "KMS6002" };
    const reports = [
      fleetReport(largeFleet(200), [reading], now),
      fleetReport({ deployment: {} }, [], now),
      fleetReport(everything, [reading], now),
      fleetReport(everything, [unread], now),
    ];
    for (const report of reports) {
      assert.ok(validate(report), JSON.stringify(validate.errors));
    }
    const used = new Set(reports.flatMap((report) => memberNames(report)));
    const named = propertiesOf(schema).filter((name) => !used.has(name));
    assert.deepEqual(named, []);
  });
});

/** Names of all members of a value, at any depth. */
const memberNames = (value: unknown): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, item]) => [name, ...memberNames(item)])
    : [];

/** Names of all properties that a schema declares, at any depth. */
const propertiesOf = (value: unknown): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([keyword, item]) => [
        ...(keyword === "properties" ? Object.keys(item as object) : []),
        ...propertiesOf(item),
      ])
    : [];
