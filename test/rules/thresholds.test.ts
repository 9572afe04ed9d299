import assert from "node:assert/strict";
import { countThreshold } from "../../provider/rules/counts";
import type { GroupFacts } from "../../provider/rules/facts";
import {
  azureMembers,
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  members,
  messageOf,
  ofGroup,
  withCode,
} from "./program";

const windows10 = { os: "Windows 10", edition: "Enterprise" };
const two = [host({ name: "kms1" }), host({ name: "kms2" })];
const onTwo = (changes: GroupChanges) => diagnosticsOf(two, [group({ hosts: ["kms1", "kms2"], ...changes })]);

describe("the threshold of the count", () => {
  it("R117: 24 clients are a warning, 25 are enough", () => {
    const diagnostics = ofGroup({ ...windows10, machines: members(24) });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2211 machines.ssh.machines"]);
    assert.match(
      messageOf(diagnostics, "KMS2211"),
      /expect to count 24 machines, but the threshold is 25: 1 short/,
    );
    assert.deepEqual(ofGroup({ ...windows10, machines: members(25) }), []);
  });

  it("R118: 4 servers are a warning, 5 are enough", () => {
    const diagnostics = ofGroup({ machines: members(4) });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2211 machines.ssh.machines"]);
    assert.match(
      messageOf(diagnostics, "KMS2211"),
      /expect to count 4 machines, but the threshold is 5: 1 short/,
    );
    assert.deepEqual(ofGroup({ machines: members(5) }), []);
  });

  it("is that of servers, of client operating systems, and of Office; of clients where nothing is known", () => {
    assert.equal(countThreshold({ os: "Windows Server 2022" }), 5);
    assert.equal(countThreshold({ os: "Windows 11" }), 25);
    assert.equal(countThreshold({ os: "Windows 11", office: "2019" }), 5);
    assert.equal(countThreshold({ os: "Windows Server 2021" }), 25);
    assert.equal(countThreshold({}), 25);
  });

  it("R110: is judged for each KMS host over all groups that it has, and named at the argument to change", () => {
    const groups = [
      group({ name: "web", machines: azureMembers(2) }),
      group({ name: "pc", ...windows10, machines: members(22) }),
    ];
    const counts = (...all: GroupFacts[]) => brief(withCode(diagnosticsOf([host()], all), "KMS2211"));
    assert.deepEqual(counts(...groups), ["pc warning KMS2211 machines.ssh.machines"]);
    assert.deepEqual(counts(groups[0]), ["web warning KMS2211 machines.azureVmIds"]);
    assert.deepEqual(counts(groups[0], group({ name: "pc", ...windows10, machines: members(23) })), []);
  });

  it("names the KMS host by its name, what is counted, what is not, and why", () => {
    const hosts = ["kms-a"];
    const groups = [
      group({ name: "web", hosts, machines: members(1) }),
      group({ name: "clones", hosts, machines: azureMembers(9), assume: { image: { generalized: false } } }),
      group({ name: "away", hosts, machines: azureMembers(6), assume: { offlineDays: 40 } }),
    ];
    const [short] = withCode(diagnosticsOf([host({ name: "kms-a" })], groups), "KMS2211");
    assert.match(
      short.message,
      /the KMSHost kms-a can expect to count 2 machines, but the threshold is 5: 3 short, so the members stay pending; counted: web 1, clones 1 of 9 \(clones with one client machine ID\), away 0 of 6 \(off for longer than 30 days\)\./,
    );
    assert.match(
      messageOf(onTwo({ machines: members(3) }), "KMS2211"),
      /the KMSHost kms1 can expect to count 1 machine, .*; counted: web 1 of 3 \(shared by 2 hosts\)\./,
    );
  });

  it("R109: counts physical and virtual machines alike", () => {
    const groups = [
      group({ name: "vms", machines: azureMembers(2) }),
      group({ name: "racks", machines: members(3), assume: { hypervisor: "none" } }),
    ];
    assert.deepEqual(withCode(diagnosticsOf([host()], groups), "KMS2211"), []);
  });

  it("adds up the sources of one group, and names the one that the package creates", () => {
    const machines = { create: { count: 1 }, ...azureMembers(2), ...members(1) };
    const short = withCode(ofGroup({ machines }), "KMS2211");
    assert.deepEqual(brief(short), ["web warning KMS2211 machines.create.count"]);
    assert.match(short[0].message, /expect to count 4 machines/);
    assert.deepEqual(withCode(ofGroup({ machines: { ...machines, ...members(2) } }), "KMS2211"), []);
  });

  it("is the higher one where servers and clients were found in a group that leaves its system open", () => {
    const found = (...seen: object[]) => ({ os: undefined, edition: undefined, seen, machines: members(10) });
    const server = { os: "Windows Server 2022", edition: "Datacenter" };
    assert.deepEqual(ofGroup(found(server)), []);
    assert.match(
      messageOf(ofGroup(found(server, windows10)), "KMS2211"),
      /but the threshold is 25: 15 short/,
    );
    assert.deepEqual(ofGroup(found()), []);
  });

  it("R111: says that members below it stay pending, and is no error", () => {
    const [diagnostic] = ofGroup({ machines: members(1) });
    assert.equal(diagnostic.severity, "warning");
    assert.match(diagnostic.message, /4 short, so the members stay pending/);
  });

  it("is not judged while the size of a group of the host is not known", () => {
    const groups = [
      group({ machines: members(1) }),
      group({ name: "later", machines: { ssh: {} }, unknown: ["machines.ssh.machines"] }),
    ];
    assert.deepEqual(diagnosticsOf([host()], groups), []);
  });

  it("A-12: is missed where several hosts split the count below it, which is a warning", () => {
    const diagnostics = onTwo({ ...windows10, machines: members(49) });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2212 hosts"]);
    assert.match(
      messageOf(diagnostics, "KMS2212"),
      /49 machines on 2 KMS hosts leave about 24 on each, below the threshold of 25/,
    );
    assert.match(
      messageOf(onTwo({ machines: members(9) }), "KMS2212"),
      /leave about 4 on each, below the threshold of 5/,
    );
  });

  it("A-12: is safe with two hosts from 65 clients and from 17 servers on, which is reported below", () => {
    for (const count of [50, 64]) {
      const diagnostics = onTwo({ ...windows10, machines: members(count) });
      assert.deepEqual(brief(diagnostics), ["web info KMS2213 hosts"]);
      assert.match(
        messageOf(diagnostics, "KMS2213"),
        /both reach 25 with 95 % odds only from 65 machines on/,
      );
    }
    assert.deepEqual(onTwo({ ...windows10, machines: members(65) }), []);
    for (const count of [10, 16]) {
      assert.match(
        messageOf(onTwo({ machines: members(count) }), "KMS2213"),
        /both reach 5 with 95 % odds only from 17 machines on/,
      );
    }
    assert.deepEqual(onTwo({ machines: members(17) }), []);
  });

  it("is judged by shares that add up, group by group", () => {
    const groups = [1, 2, 3, 4].map((n) =>
      group({ name: `g${n}`, hosts: ["kms1", "kms2"], machines: members(5) }),
    );
    assert.deepEqual(diagnosticsOf(two, groups), []);
    const names = ["kms1", "kms2", "kms3"];
    const hosts = names.map((name) => host({ name }));
    const thirds = [1, 2, 3].map((n) => group({ name: `g${n}`, hosts: names, machines: members(5) }));
    assert.deepEqual(withCode(diagnosticsOf(hosts, thirds), "KMS2212"), []);
  });

  it("is judged by the one host that members are pinned to", () => {
    assert.deepEqual(onTwo({ ...windows10, machines: members(25), discovery: "fixedHost" }), []);
  });

  it("does not count a host twice that is named twice", () => {
    const diagnostics = diagnosticsOf([host()], [group({ hosts: ["kms", "kms"], machines: members(4) })]);
    assert.match(messageOf(diagnostics, "KMS2211"), /expect to count 4 machines/);
  });

  it("leaves out machines that Azure activates, and Office, which has a count of its own (A-10)", () => {
    const groups = [
      group({ machines: members(4) }),
      group({ name: "azure", hosts: [], machines: members(9), azureKms: true }),
      group({
        name: "office",
        office: { version: "2019" },
        os: undefined,
        edition: undefined,
        machines: members(9),
      }),
    ];
    const diagnostics = withCode(
      diagnosticsOf([host({ officeKeys: [{ office: "2019" }] })], groups),
      "KMS2211",
    );
    assert.deepEqual(brief(diagnostics), ["web warning KMS2211 machines.ssh.machines"]);
  });
});

describe("R120: machines of an image that was not generalized", () => {
  it("R120: count as one", () => {
    const diagnostics = ofGroup({ machines: members(30), assume: { image: { generalized: false } } });
    assert.deepEqual(brief(diagnostics), [
      "web warning KMS2211 machines.ssh.machines",
      "web warning KMS2216 assume.image.generalized",
    ]);
    assert.match(
      messageOf(diagnostics, "KMS2211"),
      /expect to count 1 machine, but the threshold is 5: 4 short/,
    );
    assert.match(
      messageOf(diagnostics, "KMS2216"),
      /without sysprep \/generalize, .*expected count 1, threshold 5/,
    );
  });

  it("R120: count as one when its answer file sets SkipRearm", () => {
    const image = { generalized: true, skipRearm: true };
    const diagnostics = ofGroup({
      os: "Windows 10",
      edition: "Enterprise",
      machines: members(30),
      assume: { image },
    });
    assert.match(
      messageOf(diagnostics, "KMS2216"),
      /SkipRearm=1 in its answer file, .*expected count 1, threshold 25/,
    );
  });

  it("are not suspected of a generalized image, nor of one machine", () => {
    assert.deepEqual(ofGroup({ assume: { image: { generalized: true, skipRearm: false } } }), []);
    assert.equal(
      messageOf(ofGroup({ machines: members(1), assume: { image: { generalized: false } } }), "KMS2216"),
      "",
    );
  });
});

describe("members that are off", () => {
  it("R121: drop out of the count after 30 days", () => {
    assert.deepEqual(ofGroup({ assume: { offlineDays: 30 } }), []);
    const diagnostics = ofGroup({ assume: { offlineDays: 31 } });
    assert.deepEqual(brief(diagnostics), [
      "web warning KMS2211 machines.ssh.machines",
      "web warning KMS2231 assume.offlineDays",
    ]);
    assert.match(messageOf(diagnostics, "KMS2211"), /expect to count 0 machines/);
    assert.match(messageOf(diagnostics, "KMS2231"), /off for 31 days are not counted: .* after 30 days/);
  });

  it("R124: lose their activation after 180 days", () => {
    assert.ok(
      brief(ofGroup({ assume: { offlineDays: 179 } })).includes("web warning KMS2231 assume.offlineDays"),
    );
    const diagnostics = ofGroup({ assume: { offlineDays: 180 } });
    assert.ok(brief(diagnostics).includes("web warning KMS2230 assume.offlineDays"));
    assert.match(
      messageOf(diagnostics, "KMS2230"),
      /cut off for 180 days .* lasts 180 days .* MAK or Active Directory/,
    );
    assert.equal(messageOf(diagnostics, "KMS2231"), "");
  });
});
