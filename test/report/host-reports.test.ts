import assert from "node:assert/strict";
import { fleetReport } from "../../provider/report/make-report";
import { component, exported, group, host, member, now, officeKey, secret, vmId } from "./exported";
import { reading } from "./ledger";

describe("report of KMS hosts", () => {
  it("has hosts with their count against both thresholds", () => {
    const { hosts } = fleetReport(exported(host("kms", { currentCount: 12 })), [], now);
    assert.deepEqual(hosts, [
      {
        name: "kms",
        readOnly: false,
        computerName: "KMS",
        domain: "corp.example",
        fqdn: "kms.corp.example",
        azureVmId: vmId("kms"),
        os: "Windows Server 2022",
        edition: "Datacenter",
        keyGroup: "Volume License for Windows Server 2022",
        partialProductKey: "N2W2K",
        licenseStatus: "Licensed",
        currentCount: 12,
        servers: { threshold: 5, missing: 0 },
        windowsClients: { threshold: 25, missing: 13 },
        activatedAt: "2026-11-25T19:00:00Z",
        officeStates: [],
        drift: [],
        diagnostics: [],
      },
    ]);
  });

  it("has hosts of programs in other languages", () => {
    const [kms, activation] = host("kms");
    const elsewhere = { ...activation, type: "windows-kms:index:HostActivation" };
    assert.equal(fleetReport(exported([kms, elsewhere]), [], now).hosts[0].licenseStatus, "Licensed");
  });

  it("has the keys of Office of a host, each with its own count and threshold", () => {
    const stack = exported(
      host("kms", { currentCount: 12 }),
      officeKey("kms", { currentCount: 2, licenseStatus: "AwaitingConfirmation", activatedAt: undefined }),
      group("office", [member("a", "Pending", { currentCount: 3 })], { office: "Office LTSC 2024" }),
    );
    const { hosts, keys, summary } = fleetReport(stack, [], now);
    assert.equal(hosts[0].currentCount, 12);
    assert.deepEqual(hosts[0].officeStates, [
      {
        office: "Office LTSC 2024",
        partialProductKey: "NNN33",
        licenseStatus: "AwaitingConfirmation",
        currentCount: 3,
        clients: { threshold: 5, missing: 2 },
      },
    ]);
    assert.deepEqual([summary.hosts, summary.hostsLicensed], [1, 0]);
    assert.deepEqual(
      keys.map(({ keyGroup, partialProductKey }) => [keyGroup, partialProductKey]),
      [
        ["Volume License for Windows Server 2022", "N2W2K"],
        ["Office LTSC 2024 Volume License Pack", "NNN33"],
      ],
    );
  });

  it("has no license status of Windows for a host with keys of Office alone", () => {
    const stack = exported(component("KMSHost", "kms"), officeKey("kms"));
    const { hosts, summary } = fleetReport(stack, [], now);
    assert.deepEqual([hosts[0].licenseStatus, hosts[0].computerName], [undefined, "KMS"]);
    assert.equal(hosts[0].officeStates[0].licenseStatus, "Licensed");
    assert.equal(summary.hostsLicensed, 1);
  });

  it("has read-only hosts, and does not judge one that is known by its name alone", () => {
    const foreign = { readOnly: true, keyRequired: true, keyFingerprint: undefined, keyEnding: undefined };
    const byName = { azureVmId: undefined, computerName: undefined, currentCount: undefined };
    const stack = exported(
      host("central", { ...foreign, currentCount: 40 }),
      host("named", { ...foreign, ...byName, licenseStatus: "NotObserved" }),
    );
    const { hosts, keys, summary } = fleetReport(stack, [reading], now);
    assert.deepEqual(
      hosts.map(({ name, readOnly, licenseStatus, currentCount, servers }) => [
        name,
        readOnly,
        licenseStatus,
        currentCount,
        servers,
      ]),
      [
        ["central", true, "Licensed", 40, { threshold: 5, missing: 0 }],
        ["named", true, "NotObserved", undefined, undefined],
      ],
    );
    assert.deepEqual(keys, []);
    assert.deepEqual(
      [summary.hosts, summary.hostsLicensed, summary.hostsNotObserved, summary.allLicensed],
      [2, 1, 1, true],
    );
  });

  it("does not ask for a key of Windows on a read-only host that serves Office alone", () => {
    const stack = exported(
      host("kms", { readOnly: true, keyRequired: false, licenseStatus: "Notification" }),
      officeKey("kms", { readOnly: true, keyRequired: true }),
    );
    const { hosts, summary } = fleetReport(stack, [], now);
    assert.deepEqual([hosts[0].licenseStatus, summary.allLicensed], [undefined, true]);
  });

  it("takes the count that members were answered with when it is newer than what the host said", () => {
    const stack = (hostChanged: string) =>
      exported(
        host("kms", { currentCount: 2 }, hostChanged),
        group("web", [
          member("a", "Licensed", { currentCount: 7 }),
          member("b", "Licensed", { currentCount: 9 }),
        ]),
      );
    assert.equal(fleetReport(stack("2026-11-25T19:00:00Z"), [], now).hosts[0].currentCount, 9);
    assert.equal(fleetReport(stack("2026-11-25T19:45:00Z"), [], now).hosts[0].currentCount, 2);
  });

  it("takes no answer for that of one of several machines of the same name", () => {
    const twins = ["one", "two"].map((name) => host(name, { computerName: "KMS", currentCount: 1 }));
    const { hosts } = fleetReport(exported(...twins, group("web", [member("a", "Licensed")])), [], now);
    assert.deepEqual(
      hosts.map(({ currentCount }) => currentCount),
      [1, 1],
    );
  });

  it("shows the name and port of a host over SSH whose password alone is secret", () => {
    const ssh = { host: "kms.corp.example", port: 2222, password: secret };
    const { hosts } = fleetReport(exported(host("kms", { ssh, azureVmId: undefined })), [], now);
    assert.equal(hosts[0].ssh, "kms.corp.example:2222");
  });
});
