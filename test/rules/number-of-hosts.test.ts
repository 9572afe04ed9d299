import assert from "node:assert/strict";
import { brief, diagnosticsOf, group, host, members, messageOf, ofGroup } from "./program";

describe("the number of KMS hosts", () => {
  it("K35: is too low with one host for 60 clients", () => {
    const diagnostics = ofGroup({ machines: members(60) });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2209 hosts"]);
    assert.match(messageOf(diagnostics, "KMS2209"), /above 50 Microsoft recommends at least two hosts/);
  });

  it("R107: is too low with one host for 51 machines, and not for 50", () => {
    assert.deepEqual(ofGroup({ machines: members(50) }), []);
    const diagnostics = ofGroup({ machines: members(51) });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2209 hosts"]);
    assert.match(
      messageOf(diagnostics, "KMS2209"),
      /51 machines depend on the KMSHost kms alone; above 50 Microsoft recommends at least two hosts/,
    );
  });

  it("R107: is reported once, on the group that takes the host past 50", () => {
    const groups = [30, 20, 1, 40].map((count, index) =>
      group({ name: `g${index + 1}`, machines: members(count) }),
    );
    assert.deepEqual(brief(diagnosticsOf([host()], groups)), ["g3 warning KMS2209 hosts"]);
  });

  it("R107: is enough with two hosts for more than 50", () => {
    const hosts = [host({ name: "kms1" }), host({ name: "kms2" })];
    assert.deepEqual(diagnosticsOf(hosts, [group({ hosts: ["kms1", "kms2"], machines: members(500) })]), []);
  });

  it("R106: has no upper bound of clients", () => {
    assert.deepEqual(brief(ofGroup({ machines: members(1_000_000) })), ["web warning KMS2209 hosts"]);
    const hosts = [host({ name: "kms1" }), host({ name: "kms2" })];
    const clients = group({ hosts: ["kms1", "kms2"], machines: members(1_000_000) });
    assert.deepEqual(diagnosticsOf(hosts, [clients]), []);
  });

  it("R108: is reported above two", () => {
    const names = ["kms1", "kms2", "kms3"];
    const hosts = names.map((name) => host({ name }));
    const diagnostics = diagnosticsOf(hosts, [group({ hosts: names, machines: members(300) })]);
    assert.deepEqual(brief(diagnostics), ["web info KMS2210 hosts"]);
    assert.match(
      messageOf(diagnostics, "KMS2210"),
      /has 3 KMS hosts; most organizations need no more than 2 in all/,
    );
    const two = names.slice(0, 2);
    assert.deepEqual(diagnosticsOf(hosts.slice(0, 2), [group({ hosts: two, machines: members(300) })]), []);
  });
});

const clients = group({ name: "pc", os: "Windows 10", edition: "Enterprise", machines: members(30) });
const after = (servers: number) => diagnosticsOf([host()], [group({ machines: members(servers) }), clients]);

describe("A-11: the first client of a host that has only met servers", () => {
  it("sees a count of 11 at most, with more than 10 servers", () => {
    const diagnostics = after(11);
    assert.deepEqual(brief(diagnostics), ["pc info KMS2214 hosts"]);
    assert.match(messageOf(diagnostics, "KMS2214"), /remembers 10 of its 11 servers .* count of 11, not 41/);
  });

  it("sees the whole count with 10 servers or fewer", () => {
    assert.deepEqual(after(10), []);
  });
});

const withPriority = (name: string, priority: number) =>
  host({ name, zones: [{ zoneName: "corp.example", priority }] });
const hosts = [withPriority("main", 0), withPriority("spare", 10)];

describe("a KMS host that stands by", () => {
  it("starts from count 0 after a failover", () => {
    const diagnostics = diagnosticsOf(hosts, [group({ hosts: ["main", "spare"] })]);
    assert.deepEqual(brief(diagnostics), ["web warning KMS2215 hosts[1]"]);
    assert.match(messageOf(diagnostics, "KMS2215"), /refuses the first 4 machines with 0xC004F038/);
  });

  it("refuses as many as the members' threshold says, and no number where their system is not known", () => {
    const refusal = (of: Parameters<typeof group>[0]) => {
      const message = messageOf(
        diagnosticsOf(hosts, [group({ hosts: ["main", "spare"], ...of })]),
        "KMS2215",
      );
      return /the first (.*) with/.exec(message)?.[1];
    };
    assert.equal(refusal({ os: "Windows 11", edition: "Enterprise" }), "24 machines");
    assert.equal(refusal({ os: undefined, edition: undefined }), "machines");
  });

  it("splits no count", () => {
    const diagnostics = diagnosticsOf(hosts, [group({ hosts: ["main", "spare"], machines: members(5) })]);
    assert.deepEqual(brief(diagnostics), ["web warning KMS2215 hosts[1]"]);
  });

  it("does not exist among hosts of one priority, nor for members that are pinned", () => {
    const equal = [withPriority("main", 10), withPriority("spare", 10)];
    assert.deepEqual(diagnosticsOf(equal, [group({ hosts: ["main", "spare"], machines: members(40) })]), []);
    const pinned = group({ hosts: ["main", "spare"], discovery: "fixedHost" });
    assert.deepEqual(diagnosticsOf(hosts, [pinned]), []);
  });
});

const zones = [{ zoneName: "Corp.example", foreignTargets: ["ws1.corp.example", "ws2.corp.example"] }];

describe("SRV records that the program does not declare", () => {
  it("are named, with the count that they leave", () => {
    const clients = group({ os: "Windows 10", edition: "Enterprise", machines: members(45) });
    const diagnostics = diagnosticsOf([host()], [clients], { zones });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2221 discovery"]);
    assert.match(
      messageOf(diagnostics, "KMS2221"),
      /corp\.example names .*: ws1\.corp\.example, ws2\.corp\.example; 45 members over 3 hosts leave about 15 on each, threshold 25\. The records are kept/,
    );
  });

  it("divide members whose number is not known", () => {
    const unknown = group({ machines: { scaleSetId: "/subscriptions/s/sets/a" }, unknown: ["machines"] });
    assert.match(
      messageOf(diagnosticsOf([host()], [unknown], { zones }), "KMS2221"),
      /; the members divide among 3 hosts, threshold 5\. /,
    );
  });

  it("do not matter to pinned members, nor in other zones", () => {
    assert.deepEqual(diagnosticsOf([host()], [group({ discovery: "fixedHost" })], { zones }), []);
    assert.deepEqual(
      diagnosticsOf([host()], [group()], { zones: [{ ...zones[0], zoneName: "x.example" }] }),
      [],
    );
    assert.deepEqual(
      diagnosticsOf([host()], [group()], { zones: [{ ...zones[0], foreignTargets: [] }] }),
      [],
    );
  });
});
