import assert from "node:assert/strict";
import { kmsSrvUnknownHost } from "../../provider/policy/srv-records";
import { child, declared, host, readOnlyHost, review } from "./resources";

const recordSet = (target: string | undefined, changes: object = {}, type = "privatedns:PrivateRecordSet") =>
  declared(`azure-native:${type}`, "srv", {
    recordType: "SRV",
    relativeRecordSetName: "_vlmcs._tcp",
    srvRecords: [{ priority: 0, weight: 0, port: 1688, target }],
    ...changes,
  });
const ownRecord = (target: string | undefined, unknown: string[] = []) =>
  child("SrvRecord", "kms-srv", { target }, { unknown });

const codes = (resources: ReturnType<typeof declared>[], configured: object = {}) =>
  review(kmsSrvUnknownHost, resources, configured).map((text) => text.slice(0, 12));

describe("policy kms-srv-unknown-host", () => {
  it("refuses a record that names no host of the stack", () => {
    assert.deepEqual(review(kmsSrvUnknownHost, [recordSet("old-kms.corp.example")]), [
      "srv: KMS8008 srvRecords[0].target: the record leads clients to old-kms.corp.example, which no KMSHost of the " +
        "stack is. Remove the record, or add the host to knownHosts of the policy.",
    ]);
  });

  it("knows the hosts of the stack by their records and computer names, and those that it is told", () => {
    assert.deepEqual(codes([ownRecord("kms.corp.example"), recordSet("KMS.corp.example.")]), []);
    assert.deepEqual(codes([host("kms1"), recordSet("kms1.sales.example")]), []);
    const central = readOnlyHost("central", { machine: { fqdn: "kms.corp.example" } });
    assert.deepEqual(codes([central, recordSet("kms.corp.example")]), []);
    assert.deepEqual(codes([central, recordSet("kms2.corp.example")]), ["srv: KMS8008"]);
    const configured = { knownHosts: ["old-kms.corp.example."] };
    assert.deepEqual(codes([recordSet("old-kms.corp.example")], configured), []);
    assert.deepEqual(codes([recordSet("kms.corp.example")], configured), ["srv: KMS8008"]);
  });

  it("looks at the records of every kind of Azure zone, and of domains below it", () => {
    const publicZone = { recordType: "Microsoft.Network/dnszones/SRV" };
    assert.deepEqual(codes([recordSet("a.b.example", publicZone, "dns:RecordSet")]), ["srv: KMS8008"]);
    const older = "network/v20200601:PrivateRecordSet";
    assert.deepEqual(codes([recordSet("a.b.example", {}, older)]), ["srv: KMS8008"]);
    assert.deepEqual(codes([recordSet("a.b.example", { relativeRecordSetName: "_VLMCS._TCP.sales" })]), [
      "srv: KMS8008",
    ]);
  });

  it("says nothing of other records", () => {
    assert.deepEqual(codes([recordSet("a.b.example", { relativeRecordSetName: "_ldap._tcp" })]), []);
    assert.deepEqual(codes([recordSet("a.b.example", { recordType: "A" })]), []);
    assert.deepEqual(codes([recordSet("a.b.example", {}, "compute:VirtualMachine")]), []);
  });

  it("waits for names that are not known yet", () => {
    assert.deepEqual(codes([recordSet(undefined)]), []);
    assert.deepEqual(codes([ownRecord(undefined, ["target"]), recordSet("a.b.example")]), []);
  });
});
