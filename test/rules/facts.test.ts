import assert from "node:assert/strict";
import {
  computerNameOf,
  defaultHostEdition,
  hostEdition,
  hostKeysOf,
  hostOs,
  isAbsent,
  isCreated,
  isGiven,
  isUnknown,
  memberCount,
  systemsOf,
} from "../../provider/rules/facts";
import { azureMembers, group, host, labKey, members } from "./program";

describe("what is known of an argument", () => {
  const facts = host({
    machine: { create: { size: "Standard_B2as_v2" } },
    zones: [{ zoneName: "corp.example" }, {}],
    unknown: ["key", "zones[1].zoneName", "assume"],
  });

  it("includes that it is given, though its value is not known yet", () => {
    const given = ["machine.create", "machine.create.size", "zones[0].zoneName", "zones[1].zoneName"];
    assert.deepEqual(
      given.map((path) => isGiven(facts, path)),
      [true, true, true, true],
    );
    assert.deepEqual(
      ["key.productKey", "assume.network"].map((path) => [
        isGiven(facts, path),
        isUnknown(facts, path),
        isAbsent(facts, path),
      ]),
      [
        [false, true, false],
        [false, true, false],
      ],
      "what is in something unknown may be absent, too",
    );
    const absent = ["machine.ssh", "zones[0].priority", "officeKeys", "keys"];
    assert.deepEqual(
      absent.map((path) => isGiven(facts, path)),
      [false, false, false, false],
    );
    assert.equal(isCreated(host({ unknown: ["machine"] })), false);
    assert.equal(isCreated(host({ unknown: ["machine.create"] })), true);
  });
});

describe("the facts of a host", () => {
  it("are those of its arguments before those that were seen", () => {
    const seen = { os: "Windows Server 2019", edition: "Standard" };
    assert.equal(hostOs(host({ seen })), "Windows Server 2022");
    assert.equal(hostOs(host({ os: undefined, seen })), "Windows Server 2019");
    assert.equal(hostEdition(host({ edition: undefined, seen })), "Standard");
    assert.equal(hostEdition(host({ edition: undefined })), undefined);
  });

  it("include the edition that is created by default, for a server and for a client", () => {
    const created = { machine: { create: {} }, edition: undefined };
    assert.equal(hostEdition(host(created)), "Datacenter");
    assert.equal(hostEdition(host({ ...created, os: "Windows 10" })), "Enterprise");
    assert.equal(hostEdition(host({ ...created, unknown: ["edition"] })), undefined);
    assert.equal(defaultHostEdition(undefined), "Datacenter");
  });

  it("include the computer name of a machine that is created", () => {
    assert.equal(
      computerNameOf(host({ name: "kms-host-of-the-lab", machine: { create: {} } })),
      "kms-host-of-the",
    );
    assert.equal(computerNameOf(host({ machine: { create: { computerName: "KMS01" } } })), "KMS01");
    assert.equal(computerNameOf(host({ machine: { azureVmId: "/vms/kms" } })), undefined);
  });

  it("include each of its keys once, with the argument that has it", () => {
    const keys = hostKeysOf(
      host({
        key: { keyGroup: "Windows Server 2022", productKey: labKey, ledger: "file://a" },
        officeKeys: [
          { office: "2019", productKey: ` ${labKey.toLowerCase()}` },
          { office: "2016", productKey: "x" },
          {},
        ],
      }),
    );
    assert.deepEqual(
      keys.map(({ path, productKey, ledger, office }) => [path, productKey, ledger, office]),
      [
        ["key", labKey, "file://a", undefined],
        ["officeKeys[1]", "x", undefined, "2016"],
      ],
    );
  });
});

describe("the members of a group", () => {
  it("add up over the sources of its machines", () => {
    assert.equal(
      memberCount(group({ machines: { create: { count: 3 }, ...azureMembers(2), ...members(1) } })),
      6,
    );
    assert.equal(memberCount(group({ machines: { scaleSet: { capacity: 4 } } })), 4);
    assert.equal(memberCount(group({ machines: { scaleSet: { capacity: 0 } } })), 0);
  });

  it("are not counted where a source is not known, or an autoscaler decides", () => {
    assert.equal(memberCount(group({ machines: azureMembers(2), unknown: ["machines.ssh"] })), undefined);
    assert.equal(
      memberCount(group({ machines: { scaleSet: { capacity: 4 }, autoscaled: true } })),
      undefined,
    );
    assert.equal(memberCount(group({ machines: { scaleSetId: "/sets/a" } })), undefined);
    assert.equal(memberCount(group({ machines: undefined, unknown: ["machines"] })), undefined);
  });

  it("are of the declared system, or of those that were seen", () => {
    const brief = (changes: Parameters<typeof group>[0]) =>
      systemsOf(group(changes)).map(({ os, edition }) => `${os.name} ${edition ?? "?"}`);
    const seen = [
      { os: "Windows Server 2019", edition: "Standard" },
      { os: "Windows Server 2019", edition: "Standard", osBuild: "17763.1" },
      { edition: "Standard" },
    ];
    assert.deepEqual(brief({ seen }), ["Windows Server 2022 Datacenter"]);
    assert.deepEqual(brief({ edition: undefined, seen }), ["Windows Server 2022 Standard"]);
    assert.deepEqual(brief({ os: undefined, edition: undefined, seen }), ["Windows Server 2019 Standard"]);
    assert.deepEqual(brief({ edition: undefined }), ["Windows Server 2022 ?"]);
    assert.deepEqual(brief({ os: undefined, edition: undefined }), []);
    assert.deepEqual(brief({ os: "Windows 3.1" }), []);
    assert.deepEqual(brief({ os: undefined, unknown: ["os"], seen }), []);
  });
});
