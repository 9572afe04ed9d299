import assert from "node:assert/strict";
import { pendingInWords, rolloutFailure } from "../../provider/group/failures";
import { memberState } from "../../provider/group/member";
import { machinesMissing } from "../../provider/group/member";
import { rolloutSettings } from "../../provider/group/rollout-plan";
import { sameEntry } from "../../provider/srv/zone";
import { cutOff, rollOutFleet, testFleet } from "../group/rollout-fixture";
import { answer } from "../machine/answer";
import {
  activate,
  boot,
  bootClients,
  bootHost,
  desiredClientState,
  ensureClient,
  server2022,
  testLab,
  windows10,
} from "../lab/windows/test-lab";
import { members, withCode } from "../rules/program";
import { diagnosticsOf, expectDiagnostics, expectExplained } from "./expect";

const zone = { zones: [{ zoneName: "corp.example" }] };
const old = {
  key: { keyGroup: "Windows Server 2012 R2 for Windows 10" },
  os: "Windows Server 2008 R2",
  edition: "Standard",
};

describe("K08: twelve servers activate, the first Windows 7 client does not", () => {
  const kms01 = { ...old, name: "kms01", assume: { updates: ["KB3079821"] }, ...zone };
  const servers = {
    name: "servers",
    hosts: ["kms01"],
    os: "Windows Server 2008 R2",
    edition: "Standard",
    machines: members(12),
  };
  const client = {
    name: "client",
    hosts: ["kms01"],
    os: "Windows 7",
    edition: "Enterprise",
    machines: members(1),
  };

  it("K08: at preview the client is 12 machines short, the servers are not", () => {
    const diagnostics = diagnosticsOf([kms01], [servers, client]);
    expectDiagnostics(
      diagnostics,
      [
        "warning",
        "KMS2211",
        "client",
        /expect to count 13 machines, but the threshold is 25: 12 short/,
        /with a MAK, or by Active Directory-based activation from Windows 8\.1 and Windows Server 2012 on/,
      ],
      [
        "info",
        "KMS2214",
        "client",
        /remembers 10 of its 12 servers until the first client asks, .* count of 11, not 13/,
      ],
    );
    assert.deepEqual(
      diagnostics.filter(({ resource }) => resource === "servers"),
      [],
    );
  });

  it("K08: at update the client is pending, and its first answer is 11", () => {
    const lab = testLab();
    bootHost(lab, "kms01");
    bootClients(lab, 12, "server");
    const id = boot(lab, "pc", windows10);
    const state = memberState(
      { name: "pc", azureVmId: id },
      desiredClientState(windows10.setupKey!),
      ensureClient(lab, id, windows10.setupKey),
      (hresult) => hresult,
    );
    assert.deepEqual([state.status, state.currentCount, state.error], ["Pending", 11, undefined]);
    assert.equal(
      machinesMissing([state], () => 25),
      14,
    );
    expectExplained("0xC004F038", "client", /the KMS host answered/, /Nothing is wrong with the path/);
  });
});

describe("K09: answer file with SkipRearm in the image", () => {
  const kms01 = {
    name: "kms01",
    os: "Windows Server 2016",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2016" },
    ...zone,
  };
  const clients = {
    name: "web",
    hosts: ["kms01"],
    os: "Windows Server 2016",
    edition: "Standard",
    machines: members(30),
    assume: { image: { generalized: true, skipRearm: true } },
  };

  it("K09: at preview thirty clones count as one", () => {
    expectDiagnostics(
      diagnosticsOf([kms01], [clients]),
      [
        "warning",
        "KMS2216",
        "web",
        /SkipRearm=1 .*: expected count 1, threshold 5/,
        /without SkipRearm, before it is captured/,
      ],
      ["warning", "KMS2211", "web", /expect to count 1 machine, but the threshold is 5/],
    );
    expectDiagnostics(
      diagnosticsOf([kms01], [{ ...clients, assume: { image: { generalized: true, skipRearm: false } } }]),
    );
  });

  it("K09: at update they are one machine for the host", () => {
    const lab = testLab();
    const host = bootHost(lab, "kms01");
    bootClients(lab, 30, "web", { ...server2022, clientMachineId: "5ab2e4c5-0000-4000-8000-000000000001" });
    assert.equal(lab.fleet.snapshot(host).currentCount, 1);
    assert.equal(activate(lab, "/vms/web30"), "0xC004F038");
  });

  it("K09: the update names the machines that share an identity, and not more machines as the first remedy", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const clone = { ...server2022, clientMachineId: "5ab2e4c5-0000-4000-8000-000000000001" };
    const { states } = await rollOutFleet(testFleet(lab, 7, clone));
    const missing = machinesMissing(states, () => 5);
    assert.match(
      pendingInWords("web", states, missing),
      /^KMS4030 7 of 7 members of web are pending, and 4 more machines must ask in addition to the 1 that a KMS host counts, because it counts machines with one client machine ID as one:\n {2}web1, web2, web3, web4, web5 and 2 more: 5ab2e4c5…\. Run `slmgr\.vbs \/rearm`/,
    );
  });
});

describe("K11: ten KMS hosts nobody planned", () => {
  const kms01 = {
    name: "kms01",
    os: "Windows Server 2019",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2019" },
    ...zone,
  };
  const clients = {
    name: "pc",
    hosts: ["kms01"],
    os: "Windows 10",
    edition: "Enterprise",
    machines: members(90),
  };
  const foreignTargets = [1, 2, 3, 4, 5, 6].map((n) => `ws10${n}.corp.example`);

  it("K11: at preview they are named and kept, with the count that they leave", () => {
    const zones = [{ zoneName: "corp.example", foreignTargets }];
    expectDiagnostics(
      diagnosticsOf([kms01], [clients], { zones }),
      [
        "warning",
        "KMS2221",
        "pc",
        new RegExp(foreignTargets.join(", ").replace(/\./g, "\\.")),
        /90 members over 7 hosts leave about 13 on each, threshold 25\. The records are kept/,
        /Make these machines KMS clients again with the setup key/,
      ],
      ["warning", "KMS2209", "pc", /90 machines depend on the KMSHost kms01 alone/],
    );
  });

  it("K11: at update each member tells which host answered it", () => {
    const refusal = answer({
      operations: [{ id: "activate", result: "failed", hresult: "0xC004F042" }],
      events: { request: "0xC004F042,0x0,ws103.corp.example:1688,cmid,2026/01/01 00:00,1,2,0,id,25" },
    });
    const state = memberState(
      { name: "pc1", azureVmId: "/vms/pc1" },
      desiredClientState(""),
      refusal,
      (hresult) => hresult,
    );
    assert.deepEqual(
      [state.status, state.kmsHost, state.error],
      ["Failed", "ws103.corp.example", "0xC004F042"],
    );
  });
});

describe("K12: the record of the second KMS host", () => {
  const system = {
    os: "Windows Server 2022",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2022" },
    ...zone,
  };
  const hosts = [
    { ...system, name: "kms01" },
    { ...system, name: "kms02" },
  ];
  const clients = {
    name: "web",
    hosts: ["kms01", "kms02"],
    os: "Windows Server 2022",
    edition: "Standard",
    machines: members(40),
  };

  it("K12: at preview two hosts share one set, and a record made by hand is named and kept", () => {
    expectDiagnostics(diagnosticsOf(hosts, [clients]));
    const zones = [{ zoneName: "corp.example", foreignTargets: ["kms-old.corp.example"] }];
    const diagnostics = diagnosticsOf(hosts, [clients], { zones });
    expectDiagnostics(diagnostics, [
      "warning",
      "KMS2221",
      "web",
      /kms-old\.corp\.example; .*The records are kept/,
    ]);
    assert.equal(withCode(diagnostics, "KMS2221").length, diagnostics.length);
  });

  it("K12: at update the hosts' values are two entries of the set, and each is known again", () => {
    const record = { priority: 0, weight: 0, port: 1688, target: "kms01.corp.example" };
    assert.equal(sameEntry(record, { ...record, target: "kms02.corp.example" }), false);
    assert.equal(sameEntry(record, { ...record, target: "KMS01.corp.example." }), true);
  });
});

describe("members that are cut off from their KMS host", () => {
  it("are named together, with the reason that their own events give", async () => {
    const lab = testLab();
    bootHost(lab, "kms");
    const fleet = testFleet(lab, 3);
    ["web1", "web2", "web3"].forEach((name) => cutOff(lab, name));
    const { states } = await rollOutFleet(fleet, { rollout: { maxFailures: 9 } });
    const settings = rolloutSettings({ maxFailures: 9 }, 3);
    const text =
      rolloutFailure({ name: "web", members: states, rollout: settings, timeoutMinutes: 30 })?.message ?? "";
    assert.match(
      text,
      /\n {2}web1, web2, web3: 0xC004F074 \w+: no KMS host could be contacted\. Event 12288 on the machine gives the reason 0x800706BA [^.]*: the KMS host does not answer on its port\. It asked /,
    );
    assert.equal(text.split("0xC004F074").length, 2);
  });
});
