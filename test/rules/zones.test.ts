import assert from "node:assert/strict";
import type { KMSHostZoneValues } from "../../provider/rules/args.generated";
import { programIndex } from "../../provider/rules/program-index";
import { reviewGroup, reviewHost } from "../../provider/rules/rules";
import {
  brief,
  diagnosticsOf,
  group,
  host,
  type HostChanges,
  labKey,
  messageOf,
  ofGroup,
  ofHost,
} from "./program";

const zoneName = "corp.example";
const azurePrivateZoneId =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/corp.example";
const dynamicUpdate = {
  servers: ["10.0.0.4"],
  tsig: { keyName: "kms", secret: "c2VjcmV0" },
};

/** What is said of the zones of a host that is there. */
const review = (zone: KMSHostZoneValues, changes: HostChanges = {}) =>
  reviewHost(
    host({
      key: { productKey: labKey },
      machine: { azureVmId: "/vms/kms" },
      zones: [{ zoneName, ...zone }],
      ...changes,
    }),
    programIndex(),
  );
const codes = (zone: KMSHostZoneValues, changes?: HostChanges) =>
  review(zone, changes).map(({ code, severity, path }) => `${severity} ${code} ${path}`);

describe("the zones of a KMS host", () => {
  it("are Azure private DNS zones, or take dynamic updates", () => {
    assert.deepEqual(codes({ azurePrivateZoneId, addressRecord: true }), []);
    assert.deepEqual(codes({ dynamicUpdate, addressRecord: false }), []);
    assert.deepEqual(codes({}, { unknown: ["zones[0].dynamicUpdate"] }), []);
    assert.deepEqual(codes({}, { unknown: ["zones[0].azurePrivateZoneId"] }), []);
  });

  it("KMS5010, KMS5018: are refused with neither and with both", () => {
    const [neither] = review({});
    assert.equal(`${neither.code} ${neither.path}`, "KMS5010 zones[0]");
    assert.match(
      neither.message,
      /how the record gets into the zone corp\.example\. Specify azurePrivateZoneId/,
    );
    assert.deepEqual(codes({ azurePrivateZoneId, dynamicUpdate }), ["error KMS5018 zones[0]"]);
    assert.deepEqual(codes({ azurePrivateZoneId, dynamicUpdate }, { readOnly: true }), [
      "error KMS5018 zones[0]",
    ]);
  });

  it("may be names alone where Windows publishes, and on a host that somebody else manages", () => {
    assert.deepEqual(codes({ publishedBy: "windows" }), []);
    assert.deepEqual(codes({ publishedBy: "windows", dynamicUpdate }), []);
    assert.deepEqual(codes({}, { readOnly: true }), []);
    assert.deepEqual(codes({ azurePrivateZoneId }, { readOnly: true }), []);
  });

  it("KMS5036: are refused where Windows would have to update an Azure private DNS zone", () => {
    const [diagnostic] = review({ publishedBy: "windows", azurePrivateZoneId });
    assert.deepEqual(codes({ publishedBy: "windows", azurePrivateZoneId }), [
      "error KMS5036 zones[0].publishedBy",
    ]);
    assert.match(diagnostic.message, /the Azure private DNS zone corp\.example does not accept/);
    assert.deepEqual(codes({ publishedBy: "windows" }, { unknown: ["zones[0].azurePrivateZoneId"] }), [
      "error KMS5036 zones[0].publishedBy",
    ]);
    assert.deepEqual(codes({ publishedBy: "package", azurePrivateZoneId }), []);
  });

  it("KMS5017: are refused with the ID of another zone", () => {
    assert.deepEqual(codes({ zoneName: "CORP.example", azurePrivateZoneId }), []);
    const [diagnostic] = review({ zoneName: "eu.example", azurePrivateZoneId });
    assert.equal(`${diagnostic.code} ${diagnostic.path}`, "KMS5017 zones[0].zoneName");
    assert.match(
      diagnostic.message,
      /zoneName is eu\.example, but azurePrivateZoneId is the ID of corp\.example/,
    );
  });

  it("KMS5014: are refused an address record outside Azure private DNS", () => {
    const refused = ["error KMS5014 zones[0].addressRecord"];
    assert.deepEqual(codes({ dynamicUpdate, addressRecord: true }), refused);
    assert.deepEqual(codes({ publishedBy: "windows", addressRecord: true }), refused);
  });

  it("KMS3282: are refused an address record of a host over SSH, whose address is not known", () => {
    const ssh = { host: "kms1", user: "admin", hostKeyFingerprint: "SHA256:a" };
    const overSsh = { machine: { ssh } };
    assert.deepEqual(codes({ azurePrivateZoneId }, overSsh), []);
    assert.deepEqual(codes({ azurePrivateZoneId, addressRecord: false }, overSsh), []);
    assert.deepEqual(codes({ azurePrivateZoneId, addressRecord: true }, overSsh), [
      "error KMS3282 zones[0].addressRecord",
    ]);
  });
});

describe("SRV records of a KMS host", () => {
  const named = (target: string) =>
    ofHost({ machine: { create: { computerName: "kms01" } }, zones: [{ zoneName, target }] });

  it("may point to the host's full name, in any domain and with a final period", () => {
    assert.deepEqual(named("kms01.corp.example"), []);
    assert.deepEqual(named("KMS01.ad.corp.example."), []);
  });

  it("refuse a target that is no full host name (KMS5012)", () => {
    const reasons: Record<string, RegExp> = {
      kms01: /KMS5012 zones\[0\]\.target: the target kms01 is not the full name of a host: it has no domain/,
      "10.0.0.4": /10\.0\.0\.4 .*it is an address/,
      "fe80::1": /fe80::1 .*it is an address/,
      "[2001:db8::1]": /\[2001:db8::1\] .*it is an address/,
      "kms_01.corp.example": /other characters/,
      "kms01..example": /empty or too long part/,
    };
    for (const [target, reason] of Object.entries(reasons)) {
      assert.match(messageOf(named(target), "KMS5012"), reason);
    }
  });

  it("refuse a target that is not the host (KMS5013)", () => {
    const diagnostics = named("other.corp.example");
    assert.deepEqual(brief(diagnostics), ["kms error KMS5013 zones[0].target"]);
    assert.match(messageOf(diagnostics, "KMS5013"), /other\.corp\.example is not the host, .* is kms01/);
  });

  it("refuse a zone that a host names twice (KMS5011)", () => {
    const zones = [{ zoneName }, { zoneName: "Corp.Example", priority: 10 }, { zoneName: "b.example" }];
    assert.deepEqual(brief(ofHost({ zones })), ["kms error KMS5011 zones[1]"]);
  });

  it("refuse one priority, weight and target for two hosts (KMS5011)", () => {
    const one = (name: string, priority: number) =>
      host({ name, machine: { create: { computerName: "KMS" } }, zones: [{ zoneName, priority }] });
    const codes = (priority: number) =>
      diagnosticsOf([one("a", 0), one("b", priority)]).filter(({ code }) => code === "KMS5011");
    assert.deepEqual(
      codes(0).map(({ resource, path }) => `${resource} ${path}`),
      ["b zones[0]"],
    );
    assert.match(messageOf(codes(0), "KMS5011"), /record of KMS\.corp\.example twice: the KMSHost a has it/);
    assert.deepEqual(codes(1), []);
  });

  it("are compared by the computer name that a host gets by default, and not where that is not known yet", () => {
    const one = (name: string, unknown: string[] = []) =>
      host({ name, unknown, machine: { create: {} }, zones: [{ zoneName, target: "a.corp.example" }] });
    assert.deepEqual(brief(diagnosticsOf([one("a")])), []);
    assert.deepEqual(brief(diagnosticsOf([one("b")])), ["b error KMS5013 zones[0].target"]);
    assert.deepEqual(diagnosticsOf([one("b", ["machine.create.computerName"])]), []);
    assert.deepEqual(diagnosticsOf([one("b", ["machine.create"])]), []);
  });
});

describe("the name of an SRV record in place of its zone", () => {
  it("is refused with the zone that is meant, once, on a host and on its members", () => {
    const record = "_VLMCS._tcp.corp.example";
    const wrong = review({ zoneName: record, publishedBy: "windows" });
    assert.deepEqual(
      wrong.map(({ code, path }) => `${code} ${path}`),
      ["KMS5047 zones[0].zoneName"],
    );
    assert.match(wrong[0].message, /put before the name of the zone by themselves\. Use corp\.example\.$/);
    const members = ofGroup({ lookupDomain: record });
    assert.deepEqual(brief(members), []);
    const index = programIndex({ hosts: [host()] });
    const reviewed = reviewGroup(group({ lookupDomain: record }), index).map(({ code }) => code);
    assert.ok(reviewed.includes("KMS5047") && !reviewed.includes("KMS2218"), reviewed.join());
    for (const misspelt of ["_vmlcs._tcp.corp.example", "VLMCS._TCP.corp.example"]) {
      assert.match(review({ zoneName: misspelt, publishedBy: "windows" })[0].message, /Use corp\.example\.$/);
    }
    assert.deepEqual(codes({ zoneName: "_msdcs.corp.example", publishedBy: "windows" }), []);
  });
});

describe("the time to live of a record that Windows publishes", () => {
  it("is Windows' own, so that an argument has no effect", () => {
    const wrong = review({ publishedBy: "windows", ttlSeconds: 600 });
    assert.deepEqual(
      wrong.map(({ code, path }) => `${code} ${path}`),
      ["KMS2140 zones[0].ttlSeconds"],
    );
    assert.match(
      wrong[0].message,
      /no effect where Windows publishes: it chooses the time to live\. Remove it\.$/,
    );
    assert.deepEqual(codes({ dynamicUpdate, ttlSeconds: 600 }), []);
  });
});

describe("a record that Windows publishes without a domain", () => {
  const zones = [{ zoneName: "corp.example", publishedBy: "windows" as const }];
  const said = (domainJoined: boolean | undefined, changes: object = {}) =>
    ofHost({ zones, ...(domainJoined !== undefined && { assume: { domainJoined } }), ...changes });

  it("is a warning, because a zone of Active Directory refuses updates that are not signed", () => {
    const diagnostics = said(false);
    assert.deepEqual(brief(diagnostics), ["kms warning KMS5046 zones[0].publishedBy"]);
    assert.match(
      diagnostics[0].message,
      /in no domain, so Windows does not sign its updates, and corp\.example refuses its record if it takes secure updates only/,
    );
  });

  it("is not reported of a member, of a machine that may be one, and of records that the package writes", () => {
    assert.deepEqual(said(true), []);
    assert.deepEqual(said(undefined), []);
    const azurePrivateZoneId =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/corp.example";
    assert.deepEqual(said(false, { zones: [{ zoneName: "corp.example", azurePrivateZoneId }] }), []);
  });
});
