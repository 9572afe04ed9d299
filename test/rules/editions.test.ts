import assert from "node:assert/strict";
import { operatingSystems } from "../../provider/catalog/operating-systems";
import { findSetupKey } from "../../provider/catalog/setup-keys";
import { seenSystem } from "../../provider/group/found-system";
import { brief, diagnosticsOf, group, messageOf, ofGroup, ofHost } from "./program";

describe("the edition of a KMS host", () => {
  const of2012R2 = {
    key: { keyGroup: "Windows Server 2012 R2 for Windows 10" },
    os: "Windows Server 2012 R2",
  };

  it("must be one of the operating system's", () => {
    const diagnostics = ofHost({ edition: "Enterprise" });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2005 edition"]);
    assert.match(
      messageOf(diagnostics, "KMS2005"),
      /Windows Server 2022 has no edition "Enterprise"\. Use Standard or Datacenter\.$/,
    );
    assert.deepEqual(brief(ofHost({ key: { keyGroup: "Windows 10" }, os: "Windows 10", edition: "Home" })), [
      "kms error KMS2005 edition",
    ]);
  });

  it("must not be Azure Edition", () => {
    const diagnostics = ofHost({ edition: "Datacenter: Azure Edition" });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2006 edition"]);
    assert.match(
      messageOf(diagnostics, "KMS2006"),
      /cannot be a KMS host\. Use the edition Standard or Datacenter,/,
    );
  });

  it("A-03: is limited by the one group that names editions, and by no other", () => {
    const diagnostics = ofHost({ ...of2012R2, edition: "Essentials" });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2007 edition"]);
    assert.match(
      messageOf(diagnostics, "KMS2007"),
      /only with the editions Standard and Datacenter, not Essentials/,
    );
    assert.deepEqual(ofHost({ ...of2012R2, edition: "Standard" }), []);
    assert.deepEqual(
      ofHost({
        key: { keyGroup: "Windows Server 2016" },
        os: "Windows Server 2012 R2",
        edition: "Essentials",
      }),
      [],
    );
  });

  it("is not judged before it is known", () => {
    assert.deepEqual(ofHost({ edition: undefined }), []);
  });
});

describe("the edition of a client group", () => {
  it("must be one of the operating system's", () => {
    const diagnostics = ofGroup({ edition: "Essentials" });
    assert.deepEqual(brief(diagnostics), ["web error KMS2005 edition"]);
    assert.match(messageOf(diagnostics, "KMS2005"), /Windows Server 2022 has no edition "Essentials"/);
  });

  it("R148: has exactly one setup key, or is an error", () => {
    for (const { name, editions, documentedElsewhere } of operatingSystems()) {
      for (const edition of documentedElsewhere === undefined ? editions : []) {
        const key = findSetupKey(name, edition.name)?.key;
        const [error] = ofGroup({ os: name, edition: edition.name }).filter(({ code }) =>
          ["KMS2015", "KMS2017"].includes(code),
        );
        assert.notEqual(key === undefined, error === undefined, `${name} ${edition.name}`);
      }
    }
  });

  it("R148, A-18: has a setup key only by its release where the system is a channel", () => {
    const channel = ofGroup({ os: "Windows Server Semi-Annual Channel" });
    assert.deepEqual(brief(channel), ["web error KMS2015 edition"]);
    assert.match(
      channel[0].message,
      /no KMS client setup key for Windows Server Semi-Annual Channel, so Datacenter/,
    );
    assert.deepEqual(ofGroup({ os: "Windows Server, version 1809" }), []);
  });

  it("is judged by what was seen where it is not declared", () => {
    const seen = [{ os: "Windows Server, version 23H2", edition: "Datacenter" }];
    assert.ok(
      brief(ofGroup({ os: undefined, edition: undefined, seen })).includes("web error KMS2015 edition"),
    );
    assert.deepEqual(ofGroup({ os: undefined, edition: undefined }), []);
  });
});

describe("Enterprise multi-session", () => {
  const windows11 = { os: "Windows 11", edition: "Enterprise multi-session" };
  const words = /Windows 11 Enterprise multi-session activates in Azure alone, never with a KMS host/;

  it("K22: at preview is refused as client of a KMSHost in words of its own, declared or seen", () => {
    const diagnostics = ofGroup({ ...windows11, machines: {} });
    assert.deepEqual(brief(diagnostics), ["web error KMS2017 edition"]);
    assert.match(messageOf(diagnostics, "KMS2017"), words);
    const asFound = ofGroup({ os: undefined, edition: undefined, seen: [windows11], machines: {} });
    assert.deepEqual(brief(asFound), ["web error KMS2017 edition"]);
    assert.match(
      messageOf(diagnostics, "KMS2017"),
      /Use azureKms: true in place of hosts, and leave the edition as it is/,
    );
  });

  it("K22: at preview nothing is said of it, under both of its names, where Azure's own KMS activates it", () => {
    for (const os of ["Windows 10", "Windows 11"]) {
      for (const edition of ["Enterprise multi-session", "Enterprise for Virtual Desktops"]) {
        const args = { os, edition, hosts: undefined, azureKms: true, machines: { azureVmIds: ["a"] } };
        const said = diagnosticsOf([], [group(args)]).filter(({ code }) => code !== "KMS2201");
        assert.deepEqual(brief(said), [], `${os} ${edition}`);
        const withKey = [group({ ...args, setupKey: "NPPR9-FWDCX-D2C8J-H872K-2YT43" })];
        const refused = diagnosticsOf([], withKey).filter(({ severity }) => severity === "error");
        assert.deepEqual(brief(refused), ["web error KMS2018 setupKey"]);
        assert.match(
          messageOf(refused, "KMS2018"),
          /takes no setup key.*another edition cannot be taken back, and the machine would have to be deployed again/,
        );
      }
    }
  });

  it("is refused as host, although such a machine reports itself as a server", () => {
    const seen = { os: "Windows 10", edition: "Enterprise multi-session" };
    const key = { keyGroup: "Windows 10" };
    const refused = ofHost({ key, ...seen });
    assert.deepEqual(brief(refused), ["kms error KMS2017 edition"]);
    // What activates session hosts is an argument of a group.
    assert.match(
      messageOf(refused, "KMS2017"),
      /Use a machine with another edition: .* cannot be a KMS host\.$/,
    );
    assert.doesNotMatch(messageOf(refused, "KMS2017"), /azureKms/);
    assert.deepEqual(brief(ofHost({ key, os: undefined, edition: undefined, seen })), [
      "kms error KMS2017 edition",
    ]);
  });

  it("is found by what a machine reports", () => {
    assert.deepEqual(seenSystem({ name: "avd-1", osBuild: "26200.1", editionId: "ServerRdsh" }), {
      os: "Windows 11",
      edition: "Enterprise multi-session",
      osBuild: "26200.1",
    });
  });
});
