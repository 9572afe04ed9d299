import assert from "node:assert/strict";
import { brief, group, host, messageOf, ofGroup, diagnosticsOf } from "./program";

describe("number of KMS hosts", () => {
  it("R107: 51 machines on one host are a warning, 50 are not", () => {
    assert.deepEqual(ofGroup({ count: 50 }), []);
    const diagnostics = ofGroup({ count: 51 });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2209 hosts"]);
    assert.match(
      messageOf(diagnostics, "KMS2209"),
      /51 machines depend on the KMSHost kms alone; above 50 Microsoft recommends at least two/,
    );
  });

  it("R107: the group that takes the host past 50 is told, once", () => {
    const groups = [30, 20, 1, 40].map((count, index) => group({ name: `g${index + 1}`, count }));
    assert.deepEqual(brief(diagnosticsOf([host()], groups)), ["g3 warning KMS2209 hosts"]);
  });

  it("R107: two hosts are enough for more than 50", () => {
    const hosts = [host({ name: "kms1" }), host({ name: "kms2" })];
    assert.deepEqual(diagnosticsOf(hosts, [group({ hosts: ["kms1", "kms2"], count: 500 })]), []);
  });

  it("R106: has no upper bound of clients", () => {
    assert.deepEqual(brief(ofGroup({ count: 1_000_000 })), ["web warning KMS2209 hosts"]);
    const hosts = [host({ name: "kms1" }), host({ name: "kms2" })];
    const clients = group({ hosts: ["kms1", "kms2"], count: 1_000_000 });
    assert.deepEqual(diagnosticsOf(hosts, [clients]), []);
  });

  it("R108: more than two hosts are told, two are not", () => {
    const names = ["kms1", "kms2", "kms3"];
    const hosts = names.map((name) => host({ name }));
    const diagnostics = diagnosticsOf(hosts, [group({ hosts: names, count: 300 })]);
    assert.deepEqual(brief(diagnostics), ["web info KMS2210 hosts"]);
    assert.match(messageOf(diagnostics, "KMS2210"), /has 3 KMS hosts; most organizations need as few as 2/);
    assert.deepEqual(diagnosticsOf(hosts, [group({ hosts: names.slice(0, 2), count: 300 })]), []);
  });
});
