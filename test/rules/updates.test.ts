import assert from "node:assert/strict";
import { brief, members, messageOf, ofGroup } from "./program";

interface Row {
  requirement: string;
  host: { os: string; edition: string; key: { keyGroup: string } };
  client: { os: string; edition: string };
  kb: string;
}

const windows10 = { os: "Windows 10", edition: "Enterprise" };
const for10 = "Windows Server 2012 R2 for Windows 10";

const rows: Row[] = [
  {
    requirement: "R100",
    host: { os: "Windows 7", edition: "Professional", key: { keyGroup: "Windows 10" } },
    client: windows10,
    kb: "KB3079821",
  },
  {
    requirement: "R101",
    host: { os: "Windows Server 2008 R2", edition: "Standard", key: { keyGroup: for10 } },
    client: windows10,
    kb: "KB3079821",
  },
  {
    requirement: "R102",
    host: { os: "Windows Server 2012", edition: "Standard", key: { keyGroup: "Windows Server 2016" } },
    client: windows10,
    kb: "KB3172615",
  },
  {
    requirement: "R102",
    host: { os: "Windows Server 2012", edition: "Standard", key: { keyGroup: "Windows Server 2016" } },
    client: { os: "Windows Server 2016", edition: "Standard" },
    kb: "KB3172615",
  },
  {
    requirement: "R103",
    host: { os: "Windows 8.1", edition: "Pro", key: { keyGroup: "Windows 10" } },
    client: windows10,
    kb: "KB3172614",
  },
  {
    requirement: "R104",
    host: { os: "Windows Server 2012 R2", edition: "Standard", key: { keyGroup: "Windows Server 2016" } },
    client: windows10,
    kb: "KB3172614",
  },
  {
    requirement: "R104",
    host: { os: "Windows Server 2012 R2", edition: "Standard", key: { keyGroup: "Windows Server 2016" } },
    client: { os: "Windows Server 2016", edition: "Standard" },
    kb: "KB3172614",
  },
  {
    requirement: "R104, A-09",
    host: { os: "Windows Server 2012 R2", edition: "Standard", key: { keyGroup: "Windows Server 2019" } },
    client: { os: "Windows Server 2019", edition: "Standard" },
    kb: "KB4467695",
  },
  {
    requirement: "A-23",
    host: { os: "Windows Server 2016", edition: "Standard", key: { keyGroup: "Windows Server 2019" } },
    client: { os: "Windows Server 2019", edition: "Standard" },
    kb: "KB4478877",
  },
];

describe("updates that a KMS host needs for its clients", () => {
  for (const { requirement, host, client, kb } of rows) {
    it(`${requirement}: ${host.os} needs ${kb} for ${client.os}`, () => {
      const clients = { ...client, machines: members(30) };
      const undeclared = ofGroup(clients, host);
      assert.deepEqual(brief(undeclared), ["web warning KMS2207 hosts[0]"]);
      const needed = `KMSHost kms on ${host.os} needs ${kb}( of .*)? to activate ${client.os}`;
      assert.match(messageOf(undeclared, "KMS2207"), new RegExp(needed));
      const others = ofGroup(clients, { ...host, assume: { updates: ["KB1"] } });
      assert.deepEqual(brief(others), ["web warning KMS2208 hosts[0]"]);
      assert.match(
        messageOf(others, "KMS2208"),
        new RegExp(`${kb} .*declared updates \\(KB1\\) are not known to contain it`),
      );
      assert.deepEqual(ofGroup(clients, { ...host, assume: { updates: [kb.toLowerCase()] } }), []);
    });
  }

  it("R099: are none where nothing is needed", () => {
    assert.deepEqual(ofGroup({ os: "Windows Server 2016" }), []);
  });

  it("R019: are told at preview, one by one, with the date and the build that has them", () => {
    const diagnostics = ofGroup(
      { os: "Windows Server 2019" },
      { os: "Windows Server 2016", key: { keyGroup: "Windows Server 2019" } },
    );
    assert.match(
      messageOf(diagnostics, "KMS2207"),
      /KB4478877 of 2018-12-03 .*assume\.updates: \["KB4478877"\], or assume\.osBuild: "14393\.2641" or later\.$/,
    );
  });

  it("are met by a later update that contains them", () => {
    const host = {
      os: "Windows Server 2012 R2",
      edition: "Standard",
      key: { keyGroup: "Windows Server 2016" },
    };
    assert.deepEqual(
      ofGroup({ os: "Windows Server 2016" }, { ...host, assume: { updates: ["KB4467695"] } }),
      [],
    );
  });

  it("A-15: are judged by the build where it tells: met, or an error", () => {
    const host = { os: "Windows Server 2016", key: { keyGroup: "Windows Server 2019" } };
    const clients = { os: "Windows Server 2019" };
    assert.deepEqual(ofGroup(clients, { ...host, assume: { osBuild: "14393.2641" } }), []);
    const diagnostics = ofGroup(clients, { ...host, assume: { osBuild: "14393.2640" } });
    assert.deepEqual(brief(diagnostics), ["web error KMS2206 hosts[0]"]);
    assert.match(
      messageOf(diagnostics, "KMS2206"),
      /has build 14393\.2640 of Windows Server 2016, which is older than KB4478877/,
    );
  });

  it("are judged by the build that was seen, whatever is assumed", () => {
    const host = { os: "Windows Server 2016", key: { keyGroup: "Windows Server 2019" } };
    const assumed = { ...host, assume: { osBuild: "14393.2640" } };
    const clients = { os: "Windows Server 2019" };
    assert.deepEqual(ofGroup(clients, { ...assumed, seen: { osBuild: "14393.2641" } }), []);
  });

  it("are not asked for where they are not known yet, nor of a host that somebody else manages", () => {
    const host = { os: "Windows Server 2016", key: { keyGroup: "Windows Server 2019" } };
    const clients = { os: "Windows Server 2019" };
    assert.deepEqual(ofGroup(clients, { ...host, unknown: ["assume"] }), []);
    assert.deepEqual(ofGroup(clients, { ...host, readOnly: true }), []);
    const declared = ofGroup(clients, { ...host, readOnly: true, assume: { updates: ["KB1"] } });
    assert.deepEqual(brief(declared), ["web warning KMS2208 hosts[0]"]);
  });

  it("are those of the host's key too, as a warning, and that one alone where it contains the clients'", () => {
    const host = {
      os: "Windows Server 2012 R2",
      edition: "Standard",
      key: { keyGroup: "Windows Server 2019" },
    };
    const ltsc = { os: "Windows 10 LTSC 2019", edition: "Enterprise LTSC", machines: members(30) };
    const diagnostics = ofGroup(ltsc, host);
    assert.deepEqual(brief(diagnostics), ["web warning KMS2207 hosts[0]"]);
    assert.match(
      messageOf(diagnostics, "KMS2207"),
      /needs KB4467695 of 2018-11-27 .* to take a key of the group Volume License for Windows Server 2019, and so to activate Windows 10 LTSC 2019\. Install it/,
    );
    const older = ofGroup(ltsc, { ...host, assume: { updates: ["KB3172614"] } });
    assert.deepEqual(brief(older), ["web warning KMS2208 hosts[0]"]);
    assert.deepEqual(ofGroup(ltsc, { ...host, assume: { updates: ["KB4467695"] } }), []);
    const old = { os: "Windows Server 2016", key: { keyGroup: "Windows Server 2019" } };
    const tooOld = ofGroup({ os: "Windows Server 2016" }, { ...old, assume: { osBuild: "14393.2640" } });
    assert.deepEqual(brief(tooOld), ["web warning KMS2207 hosts[0]"]);
  });

  it("are not asked for where no update makes the clients activate", () => {
    const windows7 = { os: "Windows 7", edition: "Professional", key: { keyGroup: "Windows 10" } };
    assert.deepEqual(brief(ofGroup({ os: "Windows Server 2022" }, windows7)), ["web error KMS2205 hosts[0]"]);
    const several = { os: "Windows 10", edition: "Enterprise multi-session", machines: members(30) };
    assert.deepEqual(brief(ofGroup(several, windows7)), ["web error KMS2017 edition"]);
  });

  it("are not asked for where the host's key serves none of the clients, or cannot be on the host", () => {
    const codes = (os: string, hostOs: string, keyGroup: string) =>
      brief(ofGroup({ os }, { os: hostOs, key: { keyGroup } }));
    assert.deepEqual(codes("Windows Server 2025", "Windows Server 2019", "Windows Server 2022"), [
      "web error KMS2013 hosts[0]",
    ]);
    assert.deepEqual(codes("Windows Server 2012 R2", "Windows Server 2016", "Windows Server 2025"), [
      "kms error KMS2004 key.keyGroup",
    ]);
    const tried = ofGroup(
      { os: "Windows Server 2025", acknowledge: [{ code: "KMS2013", reason: "a trial" }] },
      { os: "Windows Server 2019", key: { keyGroup: "Windows Server 2022" } },
    );
    assert.deepEqual(brief(tried), ["web warning KMS2013 hosts[0]", "web warning KMS2207 hosts[0]"]);
  });

  it("A-07: grant no pair that the table does not have", () => {
    const diagnostics = ofGroup(
      { os: "Windows Server 2019" },
      {
        os: "Windows Server 2012",
        edition: "Standard",
        key: { keyGroup: "Windows Server 2016" },
        assume: { updates: ["KB3172615"] },
      },
    );
    assert.deepEqual(brief(diagnostics), ["web error KMS2013 hosts[0]"]);
  });
});

describe("the level of a KMS host's updates", () => {
  const host = {
    os: "Windows Server 2012 R2",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2019" },
  };
  const clients = { os: "Windows Server 2019", edition: "Standard", machines: members(30) };
  const said = (assume: object, unknown: string[] = []) =>
    ofGroup(clients, { ...host, assume, unknown }).map(({ severity, code }) => `${severity} ${code}`);

  it("is met by any later cumulative update that is known by number", () => {
    assert.deepEqual(said({ updates: ["KB5001382"] }), []);
    assert.deepEqual(said({ updates: ["KB3172614", "KB5039294"] }), []);
  });

  it("is known of every cumulative update of a system, of its previews and its last ones too", () => {
    for (const kb of ["KB4471320", "KB4467695", "KB5031419", "KB5070886"]) {
      assert.deepEqual(said({ updates: [kb] }), [], kb);
    }
    assert.deepEqual(said({ updates: ["KB4471322"] }), ["warning KMS2208"], "security-only, not cumulative");
    const texts = (os: string, updates: string[]) =>
      messageOf(
        ofGroup(
          { os: "Windows Server 2022" },
          { os, key: { keyGroup: "Windows Server 2022" }, assume: { updates } },
        ),
        "KMS2208",
      );
    assert.equal(texts("Windows Server 2016", ["KB5005043"]), "", "August 2021");
    assert.equal(texts("Windows Server 2016", ["KB5120418"]), "", "August 2026");
    assert.match(texts("Windows Server 2016", ["KB4571694"]), /do not contain it/, "August 2020");
    assert.match(texts("Windows Server 2016", ["KB4565349"]), /are not known to/, "of Windows Server 2019");
    assert.equal(texts("Windows Server 2019", ["KB5046615"]), "", "November 2024");
  });

  it("is met by an update of another operating system of the same build, and by none of another build", () => {
    const old = { os: "Windows 8.1", edition: "Pro", key: { keyGroup: "Windows 10" } };
    const pcs = { os: "Windows 10", edition: "Enterprise", machines: members(30) };
    assert.deepEqual(ofGroup(pcs, { ...old, assume: { updates: ["KB5001382"] } }), []);
    assert.deepEqual(
      said({ updates: ["KB5001342"] }),
      ["warning KMS2208"],
      "a rollup of Windows Server 2019",
    );
  });

  it("is too old where all declared updates are earlier, and not known where one of them is not known", () => {
    const text = (updates: string[]) =>
      messageOf(ofGroup(clients, { ...host, assume: { updates } }), "KMS2208");
    assert.match(text(["KB3172614"]), /the declared updates \(KB3172614\) do not contain it/);
    assert.match(text(["KB3172614", "KB9999999"]), /are not known to contain it/);
  });

  it("is met, or an error, by the day through which the host is updated", () => {
    assert.deepEqual(said({ updatedThrough: "2018-11-27" }), []);
    assert.deepEqual(said({ updatedThrough: "2018-11-26" }), ["error KMS2206"]);
    const [{ message }] = ofGroup(clients, { ...host, assume: { updatedThrough: "2018-11-26" } });
    assert.match(message, /has updates through 2018-11-26 of .* older than KB4467695 of 2018-11-27/);
  });

  it("is not declared where the list of updates is empty", () => {
    assert.deepEqual(said({ updates: [] }), ["warning KMS2207"]);
  });

  it("is not judged as long as a part of what is declared is not known", () => {
    assert.deepEqual(said({}, ["assume.updates"]), []);
    assert.deepEqual(said({ updates: ["KB3172614", undefined] }, ["assume.updates[1]"]), []);
    assert.deepEqual(said({}, ["assume.osBuild"]), []);
  });

  it("is said once for all clients that need the same update", () => {
    const seen = ["Windows Server 2016", "Windows 10"].map((os) => ({
      os,
      edition: os === "Windows 10" ? "Enterprise" : "Standard",
    }));
    const mixed = ofGroup(
      { os: undefined, edition: undefined, machines: members(30), seen },
      { ...host, key: { keyGroup: "Windows Server 2016" } },
    );
    const texts = mixed.filter(({ code }) => code === "KMS2207").map(({ message }) => message);
    assert.equal(texts.length, 1);
    assert.match(texts[0], /KB3172614 .* to activate Windows Server 2016 and Windows 10\./);
  });
});
