import assert from "node:assert/strict";
import { effectiveDiscovery } from "../../provider/rules/discovery";
import { programIndex } from "../../provider/rules/program-index";
import { brief, group, host, messageOf, ofGroup, diagnosticsOf } from "./program";

const discoveryOf = (hosts: ReturnType<typeof host>[], changes: object = {}) => {
  const clients = group({ hosts: hosts.map(({ name }) => name), ...changes });
  return effectiveDiscovery(clients, programIndex({ hosts, groups: [clients] }));
};
const publishes = (name: string, ...zones: string[]) =>
  host({ name, srvRecords: zones.map((zoneName) => ({ zoneName })) });

describe("how members find a KMS host", () => {
  it("R128: is DNS by default, in the first zone that all hosts publish in", () => {
    const hosts = [publishes("a", "one.example", "Two.example"), publishes("b", "two.example")];
    assert.deepEqual(discoveryOf(hosts), { discovery: "dns", lookupDomain: "two.example" });
  });

  it("is the host's name where they publish in no common zone", () => {
    assert.deepEqual(discoveryOf([publishes("a"), publishes("b", "two.example")]), { discovery: "host" });
  });

  it("R131: is what the group declares", () => {
    const hosts = [publishes("a", "one.example")];
    assert.deepEqual(discoveryOf(hosts, { discovery: "host" }), { discovery: "host" });
    assert.deepEqual(discoveryOf(hosts, { lookupDomain: "other.example" }), {
      discovery: "dns",
      lookupDomain: "other.example",
    });
  });
});

describe("members that look where the hosts do not publish", () => {
  const noRecords = { srvRecords: [] };

  it("R130: do not exist in a program without DNS arguments", () => {
    assert.deepEqual(ofGroup({}, noRecords), []);
    assert.deepEqual(ofGroup({}), []);
  });

  it("are warned of when their lookup domain is another zone", () => {
    const diagnostics = ofGroup({ lookupDomain: "other.example" });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2218 lookupDomain"]);
    assert.match(
      messageOf(diagnostics, "KMS2218"),
      /look in other\.example, but the KMS hosts publish in corp\.example/,
    );
    assert.deepEqual(ofGroup({ lookupDomain: "CORP.example" }), []);
  });

  it("are an error outside a domain when no suffix leads there", () => {
    const changes = { discovery: "dns" as const, domainJoined: false };
    const diagnostics = ofGroup(changes, noRecords);
    assert.deepEqual(brief(diagnostics), ["web error KMS2219 discovery"]);
    assert.match(messageOf(diagnostics, "KMS2219"), /no DNS suffix, .*Windows reports 0x8007007B/);
    assert.match(
      messageOf(ofGroup({ ...changes, dnsSuffix: "else.example" }, noRecords), "KMS2219"),
      /are in no domain and have else\.example/,
    );
  });

  it("are fine with a suffix that is one of the hosts' zones", () => {
    const hosts = [publishes("a", "one.example"), publishes("b", "two.example")];
    const clients = group({ hosts: ["a", "b"], count: 40, discovery: "dns", domainJoined: false });
    assert.deepEqual(diagnosticsOf(hosts, [{ ...clients, dnsSuffix: "Two.example" }]), []);
    const diagnostics = diagnosticsOf(hosts, [{ ...clients, dnsSuffix: "" }]);
    assert.match(messageOf(diagnostics, "KMS2219"), /do not look in one\.example, two\.example/);
  });

  it("are warned of in Azure, whose own suffix Windows looks in", () => {
    const changes = { discovery: "dns" as const, azure: true };
    const diagnostics = ofGroup(changes, noRecords);
    assert.ok(brief(diagnostics).includes("web warning KMS2220 lookupDomain"));
    assert.match(messageOf(diagnostics, "KMS2220"), /unless they are in a domain\. Set lookupDomain/);
    assert.equal(messageOf(ofGroup({ ...changes, domainJoined: true }, noRecords), "KMS2220"), "");
  });
});
