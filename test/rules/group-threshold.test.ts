import assert from "node:assert/strict";
import { brief, group, host, messageOf, ofGroup, diagnosticsOf, withCode } from "./program";

const windows10 = { os: "Windows 10", edition: "Enterprise" };
const two = [host({ name: "kms1" }), host({ name: "kms2" })];
const onTwo = (changes: object) => diagnosticsOf(two, [group({ hosts: ["kms1", "kms2"], ...changes })]);

describe("threshold of the count", () => {
  it("R117: 24 clients are a warning, 25 are enough", () => {
    const diagnostics = ofGroup({ ...windows10, count: 24 });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2211 vms.count"]);
    assert.match(
      messageOf(diagnostics, "KMS2211"),
      /expect to count 24 machines, threshold 25: 1 machines short/,
    );
    assert.deepEqual(ofGroup({ ...windows10, count: 25 }), []);
  });

  it("R118: 4 servers are a warning, 5 are enough", () => {
    const diagnostics = ofGroup({ count: 4 });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2211 vms.count"]);
    assert.match(
      messageOf(diagnostics, "KMS2211"),
      /expect to count 4 machines, threshold 5: 1 machines short/,
    );
    assert.deepEqual(ofGroup({ count: 5 }), []);
  });

  it("R110: is reckoned for each KMS host over all groups that it has, and named at the argument to change", () => {
    const groups = [
      group({ name: "web", count: 2, azureVmIds: ["/a", "/b"] }),
      group({ name: "pc", ...windows10, count: 22 }),
    ];
    assert.deepEqual(brief(diagnosticsOf([host()], groups)), ["pc warning KMS2211 vms.count"]);
    const alone = diagnosticsOf([host()], [groups[0]]);
    assert.deepEqual(brief(alone), ["web warning KMS2211 azureVmIds"]);
    const enough = diagnosticsOf([host()], [groups[0], { ...groups[1], count: 23 }]);
    assert.deepEqual(brief(enough), []);
  });

  it("R109: counts physical and virtual machines alike", () => {
    const groups = [
      group({ name: "vms", count: 2, azureVmIds: ["/a", "/b"] }),
      group({ name: "racks", count: 3, hypervisor: "none" }),
    ];
    assert.deepEqual(diagnosticsOf([host()], groups), []);
  });

  it("R111: says that members below it stay pending, and is no error", () => {
    const [diagnostic] = ofGroup({ count: 1 });
    assert.equal(diagnostic.severity, "warning");
    assert.match(diagnostic.message, /4 machines short, so the members stay pending/);
  });

  it("is not reckoned while the size of a group of the host is not known", () => {
    const groups = [group({ count: 1 }), group({ name: "later", count: undefined })];
    assert.deepEqual(diagnosticsOf([host()], groups), []);
  });

  it("A-12: a count that several hosts split below it is a warning", () => {
    const diagnostics = onTwo({ ...windows10, count: 49 });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2212 hosts"]);
    assert.match(
      messageOf(diagnostics, "KMS2212"),
      /49 machines over 2 KMS hosts leave about 24 on each, below the threshold of 25/,
    );
    assert.match(
      messageOf(onTwo({ count: 9 }), "KMS2212"),
      /leave about 4 on each, below the threshold of 5/,
    );
  });

  it("A-12: two hosts are safe from 65 clients and from 17 servers on; below, it is told", () => {
    for (const count of [50, 64]) {
      const diagnostics = onTwo({ ...windows10, count });
      assert.deepEqual(brief(diagnostics), ["web info KMS2213 hosts"]);
      assert.match(
        messageOf(diagnostics, "KMS2213"),
        /both reach 25 with 95 % odds only from 65 machines on/,
      );
    }
    assert.deepEqual(onTwo({ ...windows10, count: 65 }), []);
    for (const count of [10, 16]) {
      assert.match(
        messageOf(onTwo({ count }), "KMS2213"),
        /both reach 5 with 95 % odds only from 17 machines on/,
      );
    }
    assert.deepEqual(onTwo({ count: 17 }), []);
  });

  it("is reckoned from shares that add up, group by group", () => {
    const groups = [1, 2, 3, 4].map((n) => group({ name: `g${n}`, hosts: ["kms1", "kms2"], count: 5 }));
    assert.deepEqual(diagnosticsOf(two, groups), []);
    const names = ["kms1", "kms2", "kms3"];
    const hosts = names.map((name) => host({ name }));
    const thirds = [1, 2, 3].map((n) => group({ name: `g${n}`, hosts: names, count: 5 }));
    assert.deepEqual(withCode(diagnosticsOf(hosts, thirds), "KMS2212"), []);
  });

  it("is judged by the one host that members are pinned to", () => {
    assert.deepEqual(onTwo({ ...windows10, count: 25, discovery: "host" }), []);
  });

  it("does not count a host twice that is named twice", () => {
    const diagnostics = diagnosticsOf([host()], [group({ hosts: ["kms", "kms"], count: 4 })]);
    assert.match(messageOf(diagnostics, "KMS2211"), /expect to count 4 machines/);
  });

  it("leaves out machines that Azure activates, and Office, which has a count of its own (A-10)", () => {
    const groups = [
      group({ count: 4 }),
      group({ name: "azure", hosts: [], count: 9, azureKms: true }),
      group({ name: "office", office: "2019", os: undefined, edition: undefined, count: 9 }),
    ];
    const diagnostics = withCode(diagnosticsOf([host({ office: ["2019"] })], groups), "KMS2211");
    assert.deepEqual(brief(diagnostics), ["web warning KMS2211 vms.count"]);
  });
});
