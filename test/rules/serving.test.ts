import assert from "node:assert/strict";
import { findSetupKey } from "../../provider/catalog/setup-keys";
import {
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  type HostChanges,
  labKey,
  members,
  messageOf,
  ofGroup,
  withCode,
} from "./program";

describe("clients that the key of a KMS host does not serve", () => {
  it("are an error that names the groups that would, with the family of their hosts", () => {
    const diagnostics = ofGroup({ os: "Windows Server 2025" }, { assume: { updates: ["KB5034770"] } });
    assert.deepEqual(brief(diagnostics), ["web error KMS2013 hosts[0]"]);
    const message = messageOf(diagnostics, "KMS2013");
    assert.match(
      message,
      /group Volume License for Windows Server 2022 of the KMSHost kms does not activate Windows Server 2025 Datacenter; activation may be refused with 0xC004F042/,
    );
    assert.match(message, /a key of the group Volume License for Windows Server 2025 \(on a server host\)\./);
  });

  it("are a warning when the group acknowledges the code, which is no help for other codes", () => {
    const acknowledge = [{ code: "KMS2013", reason: "a test by the licence team" }];
    const diagnostics = ofGroup({ os: "Windows Server 2025", acknowledge });
    assert.ok(brief(diagnostics).includes("web warning KMS2013 hosts[0]"));
    assert.match(messageOf(diagnostics, "KMS2013"), /\(acknowledged: a test by the licence team\)$/);
    assert.deepEqual(ofGroup({ acknowledge }), []);
  });

  it("A-20: are a warning where a setup key is published and no group is named at all", () => {
    const iot = { os: "Windows IoT LTSC 2024", edition: "IoT Enterprise LTSC", machines: members(30) };
    const diagnostics = ofGroup(iot);
    assert.deepEqual(brief(diagnostics), ["web warning KMS2016 hosts[0]"]);
    assert.match(
      messageOf(diagnostics, "KMS2016"),
      /names no product key group for .*, though a setup key is published/,
    );
    assert.doesNotMatch(diagnostics[0].message, /none/);
  });

  it("K30: name nothing to use where there is nothing, in one message with the setup key chosen unasked", () => {
    const kms = { edition: "Standard" };
    const variants = [
      [
        "Windows IoT LTSC 2024",
        { ...kms, os: "Windows Server 2025", key: { keyGroup: "Windows Server 2025" } },
      ],
      [
        "Windows IoT LTSC 2021",
        { ...kms, os: "Windows Server 2022", key: { keyGroup: "Windows Server 2022" } },
      ],
    ] as const;
    for (const [os, host] of variants) {
      const clients = { os, edition: "IoT Enterprise LTSC", machines: members(30) };
      const diagnostics = ofGroup(clients, host);
      assert.deepEqual(brief(diagnostics), ["web warning KMS2016 hosts[0]"]);
      const text = messageOf(diagnostics, "KMS2016");
      assert.match(
        text,
        /Microsoft's table of KMS hosts names no product key group for Windows IoT LTSC 202\d/,
      );
      assert.match(text, /though a setup key is published; .* may be refused with 0xC004F042/);
      assert.doesNotMatch(text, /\bnone\b|group {2}|use a KMS host/i);
    }
    assert.equal(
      findSetupKey("Windows IoT LTSC 2024", "IoT Enterprise LTSC")?.key,
      "KBN8V-HFGQ4-MGXVD-347P6-PDQGT",
    );
  });

  it("A-04, A-05: are a warning where only a setup key speaks for them", () => {
    for (const [os, edition] of [
      ["Windows 8", "Pro"],
      ["Windows 8.1", "Enterprise N"],
      ["Windows 7", "Professional E"],
      ["Windows 10", "Pro Education"],
    ]) {
      assert.deepEqual(
        brief(ofGroup({ os, edition, machines: members(30) })),
        ["web warning KMS2204 hosts[0]"],
        os,
      );
    }
  });

  it("are named for each host whose key does not serve them", () => {
    const hosts = [
      host({ name: "new", key: { keyGroup: "Windows Server 2025" }, assume: { updates: ["KB5034770"] } }),
      host({ name: "old", key: { keyGroup: "Windows Server 2022" }, assume: { updates: ["KB5034770"] } }),
    ];
    const clients = group({ hosts: ["new", "old"], os: "Windows Server 2025", machines: members(40) });
    assert.deepEqual(brief(diagnosticsOf(hosts, [clients])), ["web error KMS2013 hosts[1]"]);
  });

  it("R105: have no way out on Windows Server 2008 R2 when they are Windows Server 2016 or newer", () => {
    const old = { key: { keyGroup: "Windows Server 2012 R2 for Windows 10" }, os: "Windows Server 2008 R2" };
    const acknowledge = [{ code: "KMS2013", reason: "a test" }];
    for (const os of [
      "Windows Server 2016",
      "Windows Server 2019",
      "Windows Server 2022",
      "Windows Server 2025",
    ]) {
      const diagnostics = ofGroup({ os, acknowledge }, { ...old, edition: "Standard" });
      assert.deepEqual(brief(diagnostics), ["web error KMS2203 hosts[0]"]);
      assert.match(
        messageOf(diagnostics, "KMS2203"),
        new RegExp(
          `KMSHost kms runs Windows Server 2008 R2, and no update makes it activate ${os} Datacenter`,
        ),
      );
    }
  });

  it("are judged by what was seen of the members, each kind once, where the program leaves that to them", () => {
    const seen = [
      { os: "Windows Server 2022", edition: "Standard" },
      { os: "Windows Server 2025", edition: "Standard" },
      { os: "Windows Server 2025", edition: "Standard" },
    ];
    const found = { os: undefined, edition: undefined, seen };
    const diagnostics = ofGroup(found, { assume: { updates: ["KB5034770"] } });
    assert.deepEqual(brief(diagnostics), ["web error KMS2013 hosts[0]"]);
    assert.match(messageOf(diagnostics, "KMS2013"), /does not activate Windows Server 2025 Standard;/);
  });

  it("are one found member too, in the words of the preview", () => {
    const ofMember = (os: string, edition: string) =>
      messageOf(ofGroup({ os: undefined, edition: undefined, seen: [{ os, edition }] }), "KMS2013");
    assert.equal(ofMember("Windows Server 2022", "Standard"), "");
    const declared = ofGroup({ os: "Windows Server 2025" });
    assert.equal(ofMember("Windows Server 2025", "Datacenter"), messageOf(declared, "KMS2013"));
  });

  it("are all Windows clients for a host that has keys of Office alone", () => {
    const officeOnly = { key: undefined, officeKeys: [{ office: "LTSC 2024" }] };
    const diagnostics = ofGroup({}, officeOnly);
    assert.deepEqual(brief(diagnostics), ["web error KMS2014 hosts[0]"]);
    assert.deepEqual(ofGroup({}, { ...officeOnly, unknown: ["key"] }), []);
    assert.deepEqual(
      ofGroup({ office: { version: "LTSC 2024" }, os: undefined, edition: undefined }, officeOnly),
      [],
    );
  });

  it("are not judged on a host that somebody else manages, where only its name is known", () => {
    const foreign = { key: undefined, os: undefined, edition: undefined, readOnly: true };
    assert.deepEqual(ofGroup({ os: "Windows Server 2019" }, foreign), []);
    assert.deepEqual(
      ofGroup({ os: "Windows Server 2025" }, { ...foreign, officeKeys: [{ office: "2019" }] }),
      [],
    );
  });

  it("are not judged before their edition and the host's group are known", () => {
    const host = { assume: { updates: ["KB5034770"] } };
    assert.deepEqual(ofGroup({ os: "Windows Server 2025", edition: undefined }, host), []);
    assert.deepEqual(ofGroup({ os: "Windows Server 2025" }, { ...host, key: { keyGroup: undefined } }), []);
  });
});

describe("a KMS host on a client operating system", () => {
  const clientHosts: [string, string, string][] = [
    ["R016", "Windows 10", "Enterprise"],
    ["R017", "Windows 8.1", "Pro"],
    ["A-02", "Windows 7", "Professional"],
  ];
  for (const [requirement, os, edition] of clientHosts) {
    it(`${requirement}: on ${os}, does not activate servers, whatever its key group`, () => {
      for (const keyGroup of ["Windows 10", "Windows Server 2019"]) {
        const diagnostics = withCode(
          ofGroup({ os: "Windows Server 2016" }, { key: { keyGroup }, os, edition }),
          "KMS2205",
        );
        assert.deepEqual(brief(diagnostics), ["web error KMS2205 hosts[0]"]);
        assert.match(
          diagnostics[0].message,
          new RegExp(
            `runs ${os.replace(".", "\\.")}, and a KMS host on a client operating system activates client`,
          ),
        );
      }
    });

    it(`${requirement}: on ${os}, activates clients`, () => {
      const diagnostics = ofGroup(
        { os: "Windows 8.1", edition: "Pro", machines: members(30) },
        { key: { keyGroup: "Windows 10" }, os, edition, assume: { updates: ["KB3172614", "KB3079821"] } },
      );
      assert.deepEqual(diagnostics, []);
    });
  }

  it("A-02: is refused for servers by the family, and the table says it no second time", () => {
    const diagnostics = ofGroup(
      { os: "Windows Server 2016" },
      { key: { keyGroup: "Windows 10" }, os: "Windows 10", edition: "Enterprise" },
    );
    assert.deepEqual(brief(diagnostics), ["web error KMS2205 hosts[0]"]);
  });
});

describe("members of a KMS host whose key is not activated", () => {
  const said = (changes: HostChanges, clients: GroupChanges = {}) => brief(ofGroup(clients, changes));

  it("are a warning, as the host refuses them, and as somebody may activate it by hand", () => {
    assert.deepEqual(said({ activation: "none" }), ["web warning KMS2293 hosts[0]"]);
    assert.match(
      messageOf(ofGroup({}, { activation: "none" }), "KMS2293"),
      /refuses its clients with 0xC004F041/,
    );
    assert.deepEqual(said({ activation: "none", readOnly: true }), []);
    assert.deepEqual(said({ activation: "offline" }), []);
  });

  it("are those of the Office version whose key it is", () => {
    const officeKeys = [
      { office: "LTSC 2024", productKey: labKey, activation: "none" as const },
      { office: "LTSC 2021" },
    ];
    const office = (version: string) =>
      said({ officeKeys }, { os: "Windows Server 2022", office: { version } });
    assert.deepEqual(office("LTSC 2024"), ["web warning KMS2293 hosts[0]"]);
    assert.deepEqual(office("LTSC 2021"), []);
  });
});

describe("clients that are too old for the package", () => {
  it("are refused once, whatever else their system lacks", () => {
    const vista = { os: "Windows Vista", edition: "Business", machines: members(30) };
    const diagnostics = diagnosticsOf([host()], [group(vista)], { today: "2027-01-01" });
    assert.deepEqual(brief(diagnostics), ["web error KMS2003 os"]);
  });
});
