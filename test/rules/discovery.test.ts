import assert from "node:assert/strict";
import { effectiveDiscovery } from "../../provider/rules/discovery";
import type { HostFacts } from "../../provider/rules/facts";
import { programIndex } from "../../provider/rules/program-index";
import { reviewGroup } from "../../provider/rules/rules";
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

const discoveryOf = (hosts: HostFacts[], changes: GroupChanges = {}) => {
  const clients = group({ hosts: hosts.map(({ name }) => name), ...changes });
  return effectiveDiscovery(clients, programIndex({ hosts, groups: [clients] }));
};
const publishes = (name: string, ...zones: string[]) =>
  host({ name, zones: zones.map((zoneName) => ({ zoneName })) });

describe("the way in which members find a KMS host", () => {
  it("R128: is DNS by default, in the first zone that all hosts are in", () => {
    const hosts = [publishes("a", "one.example", "Two.example"), publishes("b", "two.example")];
    assert.deepEqual(discoveryOf(hosts), { discovery: "dns", lookupDomain: "two.example" });
  });

  it("is the host's name where they are in no common zone", () => {
    assert.deepEqual(discoveryOf([publishes("a"), publishes("b", "two.example")]), {
      discovery: "fixedHost",
    });
  });

  it("R131: is what the group declares", () => {
    const hosts = [publishes("a", "one.example")];
    assert.deepEqual(discoveryOf(hosts, { discovery: "fixedHost" }), { discovery: "fixedHost" });
    assert.deepEqual(discoveryOf(hosts, { lookupDomain: "other.example" }), {
      discovery: "dns",
      lookupDomain: "other.example",
    });
  });
});

describe("members that look where no host is found", () => {
  const noZones = { zones: [] };

  it("R130: do not exist in a program without DNS arguments", () => {
    assert.deepEqual(ofGroup({}, noZones), []);
    assert.deepEqual(ofGroup({}), []);
  });

  it("are warned of when their lookup domain is another zone", () => {
    const diagnostics = ofGroup({ lookupDomain: "other.example" });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2218 lookupDomain"]);
    assert.match(
      messageOf(diagnostics, "KMS2218"),
      /look in other\.example, but the KMS hosts are found in corp\.example/,
    );
    assert.deepEqual(ofGroup({ lookupDomain: "CORP.example" }), []);
  });

  it("are an error outside a domain when no suffix leads there", () => {
    const changes = { discovery: "dns" as const, assume: { domainJoined: false } };
    const diagnostics = ofGroup(changes, noZones);
    assert.deepEqual(brief(diagnostics), ["web error KMS2219 discovery"]);
    assert.match(messageOf(diagnostics, "KMS2219"), /no DNS suffix, .*Windows reports 0x8007007B/);
    assert.match(
      messageOf(
        ofGroup({ ...changes, assume: { domainJoined: false, dnsSuffix: "else.example" } }, noZones),
        "KMS2219",
      ),
      /are in no domain and have the DNS suffix else\.example/,
    );
  });

  it("are fine with a suffix that is one of the hosts' zones", () => {
    const hosts = [publishes("a", "one.example"), publishes("b", "two.example")];
    const clients = (dnsSuffix: string) =>
      group({
        hosts: ["a", "b"],
        machines: members(40),
        discovery: "dns",
        assume: { domainJoined: false, dnsSuffix },
      });
    assert.deepEqual(diagnosticsOf(hosts, [clients("Two.example")]), []);
    const diagnostics = diagnosticsOf(hosts, [clients("")]);
    assert.match(messageOf(diagnostics, "KMS2219"), /do not look in one\.example, two\.example/);
  });

  it("are warned of in Azure, whose own suffix Windows looks in", () => {
    const changes = { discovery: "dns" as const, machines: azureMembers(10) };
    const diagnostics = ofGroup(changes, noZones);
    assert.ok(brief(diagnostics).includes("web warning KMS2220 lookupDomain"));
    assert.match(messageOf(diagnostics, "KMS2220"), /unless they are in a domain\. Set lookupDomain/);
    assert.equal(messageOf(ofGroup({ ...changes, assume: { domainJoined: true } }, noZones), "KMS2220"), "");
  });
});

describe("what activates a client group", () => {
  it("R005: is a KMS host or Azure's own KMS; neither is an error", () => {
    assert.deepEqual(brief(ofGroup({ hosts: [] })), ["web error KMS2241 hosts"]);
    assert.deepEqual(brief(ofGroup({ hosts: [], azureKms: false })), ["web error KMS2241 hosts"]);
    assert.deepEqual(ofGroup({ hosts: [], azureKms: true, machines: azureMembers(10) }), []);
  });

  it("is not both", () => {
    const diagnostics = ofGroup({ azureKms: true, machines: azureMembers(10) });
    assert.deepEqual(brief(diagnostics), ["web error KMS2250 azureKms"]);
    assert.match(messageOf(diagnostics, "KMS2250"), /names KMS hosts \(kms\) and Azure's own KMS/);
  });

  it("is not missed where the hosts are not known yet", () => {
    assert.deepEqual(ofGroup({ hosts: undefined, unknown: ["hosts"] }), []);
  });

  it("is each host once: a repeated one is refused", () => {
    const index = programIndex({ hosts: [host()] });
    const twice = group({ hosts: ["kms", "kms"], machines: azureMembers(10) });
    const errors = reviewGroup(twice, index).filter(({ severity }) => severity === "error");
    assert.deepEqual(
      errors.map(({ code, path }) => `${code} ${path}`),
      ["KMS2243 hosts[1]"],
    );
    assert.match(errors[0].message, /the KMSHost kms is already in hosts\[0\]\. Name each KMS host once/);
  });
});

describe("clients that do not order SRV records", () => {
  const old = { os: "Windows Server 2008", edition: "Standard" };
  const onTwo = (order: { priority?: number; weight?: number }, changes: GroupChanges = {}) => {
    const hosts = [{}, order].map((own, place) =>
      host({ name: `kms${place}`, zones: [{ zoneName: "corp.example", ...own }] }),
    );
    const names = hosts.map(({ name }) => name);
    const diagnostics = diagnosticsOf(hosts, [group({ ...old, hosts: names, ...changes })]);
    return brief(withCode(diagnostics, "KMS2229"));
  };

  it("are those of Windows Server 2008, which is reported where they use DNS", () => {
    assert.deepEqual(onTwo({ priority: 10 }), ["web info KMS2229 os"]);
    assert.deepEqual(onTwo({ weight: 10 }), ["web info KMS2229 os"]);
    assert.deepEqual(onTwo({ priority: 10 }, { discovery: "fixedHost" }), []);
  });

  it("are not reported where the records have no order", () => {
    assert.deepEqual(onTwo({}), []);
    assert.deepEqual(ofGroup(old), []);
  });
});

describe("a lookup domain beside a fixed KMS host", () => {
  it("has no effect, as Windows does not look it up, and is refused", () => {
    const diagnostics = ofGroup({ discovery: "fixedHost", lookupDomain: "corp.example" });
    assert.deepEqual(brief(diagnostics), ["web error KMS2252 lookupDomain"]);
    assert.match(
      messageOf(diagnostics, "KMS2252"),
      /finds its KMS host by name \(discovery "fixedHost"\)\. Remove it/,
    );
  });
});
