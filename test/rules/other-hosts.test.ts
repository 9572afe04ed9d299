import assert from "node:assert/strict";
import {
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  type HostChanges,
  labKey,
  members,
  withCode,
} from "./program";

const zones = (changes: object = {}) => [{ zoneName: "corp.example", ...changes }];

/** What is said of members of the KMSHost kms beside another host that their group does not name. */
const said = (other: HostChanges, changes: GroupChanges = {}, own: HostChanges = {}) =>
  diagnosticsOf(
    [host(own), host({ name: "other", ...other })],
    [group({ machines: members(30), ...changes })],
  ).filter(({ code }) => code === "KMS2244" || code === "KMS2295");
const old = { os: "Windows Server 2016", key: { keyGroup: "Windows Server 2016" } };

describe("hosts of the program that a group does not name", () => {
  it("draw its members all the same where they have a record in the members' zone", () => {
    const shared = said({});
    assert.deepEqual(brief(shared), ["web info KMS2244 discovery"]);
    assert.match(
      shared[0].message,
      /corp\.example, .* does not name \(other\): asked as often as the group's own/,
    );
    const refused = said(old);
    assert.deepEqual(brief(refused), ["web warning KMS2295 discovery"]);
    assert.match(
      refused[0].message,
      /without a key that activates Windows Server 2022 Datacenter: .* 0xC004F042/,
    );
  });

  it("are asked before the group's own where the priority says so, and stand by where it says that", () => {
    const first = said({ zones: zones() }, {}, { zones: zones({ priority: 10 }) });
    assert.match(first[0].message, /asked before the group's own hosts/);
    assert.deepEqual(said({ zones: zones({ priority: 10 }) }), []);
    assert.deepEqual(said({ unknown: ["zones[0].priority"] }), []);
    assert.deepEqual(said({}, {}, { unknown: ["zones[0].priority"] }), []);
  });

  it("refuse Windows with keys of Office alone, and Office without a key of its version", () => {
    const officeKeys = [{ office: "LTSC 2021", productKey: labKey }];
    const [windows] = said({ key: undefined, officeKeys });
    assert.match(windows.message, /without a key that activates Windows: refused/);
    const office = { os: "Windows 11", edition: "Enterprise", office: { version: "LTSC 2024" } };
    const own = { officeKeys: [{ office: "LTSC 2024", productKey: labKey }] };
    assert.match(said({ officeKeys }, office, own)[0].message, /activates Office LTSC 2024: refused/);
    assert.deepEqual(brief(said({ officeKeys: own.officeKeys }, office, own)), [
      "web info KMS2244 discovery",
    ]);
    assert.deepEqual(brief(said({ readOnly: true }, office, own)), ["web info KMS2244 discovery"]);
  });

  it("are named together where the same is true of them", () => {
    const hosts = ["kms", "a", "b"].map((name) => host({ name, ...(name === "kms" ? {} : old) }));
    const [one, ...more] = withCode(diagnosticsOf(hosts, [group()]), "KMS2295");
    assert.match(one.message, /\(a and b\)/);
    assert.deepEqual(more, []);
  });

  it("have no part where members are pinned, look elsewhere, or where one of these is open", () => {
    assert.deepEqual(said({}, { discovery: "fixedHost" }), []);
    assert.deepEqual(said({ zones: [{ zoneName: "other.example" }] }), []);
    assert.deepEqual(said({}, { azureKms: true, hosts: undefined }), []);
    assert.deepEqual(said({}, { hosts: ["kms", "other"] }), []);
    assert.deepEqual(said({}, { unknown: ["hosts"] }), []);
    assert.deepEqual(said({}, { unknown: ["discovery"] }), []);
    assert.deepEqual(said({ zones: undefined, unknown: ["zones"] }), []);
    assert.deepEqual(said({ readOnly: true, unknown: ["machine.azureVmId"] }), []);
    const machine = { azureVmId: "/subscriptions/s/vms/kms" };
    assert.deepEqual(said({ readOnly: true, machine }, {}, { machine }), []);
  });
});

describe("records that the program does not declare", () => {
  it("are not those of its own hosts, in whatever way these have a name", () => {
    const withRecords = (changes: HostChanges, ...foreignTargets: string[]) =>
      diagnosticsOf([host(changes)], [group()], { zones: [{ zoneName: "corp.example", foreignTargets }] });
    const target = zones({ target: "kms.corp.example" });
    assert.deepEqual(withRecords({ zones: target }, "KMS.corp.example."), []);
    assert.deepEqual(withRecords({ machine: { fqdn: "kms.hq.example" } }, "kms.hq.example"), []);
    assert.deepEqual(
      withRecords(
        { machine: { create: { computerName: "kms01" } }, clientPrefixes: ["10.0.0.0/8"] },
        "kms01.corp.example",
      ),
      [],
    );
    const foreign = withRecords({ zones: target }, "kms.corp.example", "old.corp.example");
    assert.deepEqual(brief(foreign), ["web warning KMS2221 discovery"]);
    assert.match(foreign[0].message, /does not declare: old\.corp\.example; 10 members over 2 hosts/);
  });
});
