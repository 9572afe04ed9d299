import assert from "node:assert/strict";
import { hostState } from "../../provider/host/observed";
import { refuseMachine } from "../../provider/host/observed";
import {
  activate,
  boot,
  bootClients,
  bootHost,
  server2022,
  setupKeys,
  testLab,
  windows10,
} from "../lab/windows/test-lab";
import { answer } from "../machine/answer";
import { members } from "../rules/program";
import { diagnosticsOf, expectDiagnostics, expectExplained } from "./expect";

const zone = { zones: [{ zoneName: "corp.example" }] };

describe("K01: KMS host upgraded in place from Windows Server 2012 R2 to 2022", () => {
  const kms01 = {
    name: "kms01",
    os: "Windows Server 2022",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2012 R2 for Windows 10" },
    ...zone,
  };
  const clients = {
    name: "pc",
    hosts: ["kms01"],
    os: "Windows 10",
    edition: "Enterprise",
    machines: members(40),
    assume: { domainJoined: true },
  };

  it("K01: at preview its key stays behind, and newer groups keep the clients as they are", () => {
    const facts = [
      /hosted on Windows Server 2012 R2, Windows Server 2012 and Windows Server 2008 R2/,
      /Windows Server 2022 can host Volume License for Windows Server 2025 and Volume License for Windows Server 2022;/,
      /; with .*2025 or .*2022 the clients \(.*Windows 10 Enterprise\) need no other setup key\.$/,
    ];
    expectDiagnostics(diagnosticsOf([kms01], [clients]), ["error", "KMS2004", "kms01", ...facts]);
    const corrected = { ...kms01, key: { keyGroup: "Windows Server 2022" } };
    expectDiagnostics(diagnosticsOf([corrected], [clients]));
  });

  it("K01: at update another system than declared is refused, and the count starts from 0", () => {
    const state = hostState(answer());
    assert.throws(() => refuseMachine(state, { os: "Windows Server 2012 R2" }), { code: "KMS4006" });
    expectExplained("0xC004F015", "host", /host key whose group this operating system can host/);
    const lab = testLab();
    const host = bootHost(lab, "kms01");
    bootClients(lab, 24, "pc", windows10);
    assert.equal(lab.fleet.snapshot(host).currentCount, 24);
    assert.equal(activate(lab, boot(lab, "pc25", windows10)), "done");
  });
});

describe("K02: fully patched 2012 R2 host with the 2019 key", () => {
  const kms01 = {
    name: "kms01",
    os: "Windows Server 2012 R2",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2019" },
    ...zone,
  };
  const clients = {
    name: "web",
    hosts: ["kms01"],
    os: "Windows Server 2019",
    edition: "Standard",
    machines: members(8),
  };

  it("K02: at preview the rollup of 2016 is not enough for Windows Server 2019", () => {
    expectDiagnostics(diagnosticsOf([{ ...kms01, assume: { updates: ["KB3172614"] } }], [clients]), [
      "warning",
      "KMS2208",
      "web",
      /KMSHost kms01 on Windows Server 2012 R2 needs KB4467695 of 2018-11-27 or a later cumulative update/,
      /to activate Windows Server 2019; the declared updates \(KB3172614\) do not contain it/,
    ]);
    expectDiagnostics(diagnosticsOf([{ ...kms01, assume: { updates: ["KB4467695"] } }], [clients]));
  });

  it("K02: at update the codes name host updates among the causes", () => {
    expectExplained("0xC004F042", "client", /KMS host whose key group serves it, .* required updates/);
  });
});

describe("K03: Windows 10 LTSB 2016 as KMS host, LTSC 2021 clients to come", () => {
  const kms01 = {
    name: "kms01",
    os: "Windows 10",
    edition: "Enterprise LTSB 2016",
    key: { keyGroup: "Windows 10" },
    ...zone,
  };
  const groups = [
    {
      name: "ltsc",
      hosts: ["kms01"],
      os: "Windows 10 LTSC 2021",
      edition: "Enterprise LTSC",
      machines: members(30),
    },
    {
      name: "ltsb",
      hosts: ["kms01"],
      os: "Windows 10 LTSB 2016",
      edition: "Enterprise LTSB",
      machines: members(30),
    },
  ];
  const redundancy = [
    "warning",
    "KMS2209",
    "ltsb",
    /60 machines depend on the KMSHost kms01 alone; above 50 .* at least two/,
  ] as const;

  it("K03: at preview the group lists neither, and those that do need a server", () => {
    expectDiagnostics(
      diagnosticsOf([kms01], groups),
      [
        "error",
        "KMS2013",
        "ltsc",
        /Volume license for Windows 10 of the KMSHost kms01 does not activate Windows 10 LTSC 2021 Enterprise LTSC/,
        /Volume License for Windows Server 2025 \(on a server host\), .*2022 \(on a server host\) or .*2019 \(on a server host\)\./,
      ],
      ["error", "KMS2013", "ltsb", /does not activate Windows 10 LTSB 2016/, /.*2016 \(on a server host\)/],
      [...redundancy],
    );
  });

  it("K03: at preview whoever acknowledges the pairs is warned", () => {
    const acknowledge = [{ code: "KMS2013", reason: "a test of the licence team" }];
    const accepting = groups.map((group) => ({ ...group, acknowledge }));
    expectDiagnostics(
      diagnosticsOf([kms01], accepting),
      [
        "warning",
        "KMS2013",
        "ltsc",
        /does not activate .* LTSC 2021 .*; activation may be refused with 0xC004F042.*acknowledged: a test/,
      ],
      ["warning", "KMS2013", "ltsb"],
      [...redundancy],
    );
  });

  it("K03: at update 0xC004F042 is what the host answers, and means another key group", () => {
    const lab = testLab();
    bootHost(lab, "kms01", "Volume license for Windows 10", windows10);
    const ltsc = {
      ...windows10,
      osBuild: "19044.6332",
      editionId: "EnterpriseS",
      setupKey: "M7XTQ-FN8P6-TTKYV-9D4CC-J462D",
    };
    assert.equal(activate(lab, boot(lab, "ltsc", ltsc)), "0xC004F042");
    expectExplained(
      "0xC004F042",
      "client",
      /key of the KMS host does not serve this product/,
      /key group serves it/,
    );
  });
});

describe("K04: Windows 7 and Windows Server 2008 behind the 2019 key", () => {
  const host = {
    name: "kms",
    os: "Windows Server 2016",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2019" },
    assume: { updates: ["KB4478877"] },
    ...zone,
  };
  const groups = [
    { name: "pc", hosts: ["kms"], os: "Windows 7", edition: "Enterprise", machines: members(30) },
    { name: "old", hosts: ["kms"], os: "Windows Server 2008", edition: "Standard", machines: members(4) },
    { name: "r2", hosts: ["kms"], os: "Windows Server 2008 R2", edition: "Standard", machines: members(4) },
  ];

  it("K04: at preview all is well; only the end of support is told", () => {
    expectDiagnostics(
      diagnosticsOf([host], groups, { today: "2026-01-01" }),
      ["info", "KMS2201", "pc", /support of Windows 7 ended/],
      ["info", "KMS2201", "old", /support of Windows Server 2008 ended/],
      ["info", "KMS2201", "r2", /support of Windows Server 2008 R2 ended/],
    );
  });

  it("K04: at update they activate", () => {
    const lab = testLab();
    const system = {
      ...server2022,
      osBuild: "14393.9999",
      setupKey: setupKeys.server2022Datacenter,
    };
    bootHost(lab, "kms", "Volume License for Windows Server 2019", { ...system, setupKey: undefined });
    const windows7 = {
      ...windows10,
      osBuild: "7601.24214",
      setupKey: "33PXH-7Y6KF-2VJC9-XBBR8-HVTHH",
    };
    bootClients(lab, 24, "pc", windows7);
    assert.equal(activate(lab, boot(lab, "pc25", windows7)), "done");
    const old = {
      ...server2022,
      osBuild: "6003.20555",
      editionId: "ServerStandard",
      setupKey: "TM24T-X9RMF-VWXK6-X8JC9-BFGM2",
    };
    assert.equal(activate(lab, boot(lab, "old", old)), "done");
  });
});
