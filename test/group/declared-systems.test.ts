import assert from "node:assert/strict";
import { memberDrift } from "../../provider/group/member";
import { ensureClientPlan } from "../../provider/group/plan";
import { systemLimits, systemRefusal } from "../../provider/group/system-policy";
import { licensedAnswer } from "../machine/licensed-answer";
import {
  host,
  isTaken,
  machine,
  policy,
  server2022,
  server2025,
  unknownBuild,
  windows11,
} from "./system-policies";

describe("members whose operating system and edition are declared", () => {
  const declared = {
    os: "Windows Server 2022",
    edition: "Datacenter",
    setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  };

  it("are these alone", () => {
    assert.ok(isTaken(server2022, declared));
    assert.ok(isTaken(machine("20348.1", "ServerDatacenterCor"), declared));
    for (const other of [
      server2025,
      windows11,
      machine("20348.1", "ServerStandard"),
      machine("17763.1", "ServerDatacenter"),
    ]) {
      assert.ok(!isTaken(other, declared), JSON.stringify(other));
    }
    assert.ok(!isTaken(machine("20348.1", "ServerDatacenterEval"), declared));
  });

  it("are not judged by a build that the catalogue does not know", () => {
    assert.ok(isTaken(unknownBuild, declared));
  });

  it("have one of the edition's EditionIDs, since a wrong key may change the edition for good (K22)", () => {
    const windows11 = {
      os: "Windows 11",
      edition: "Enterprise",
      setupKey: "NPPR9-FWDCX-D2C8J-H872K-2YT43",
    };
    assert.ok(isTaken(machine("26200.1", "Enterprise"), windows11));
    assert.ok(isTaken(machine("27000.1", "enterprise"), windows11));
    for (const editionId of ["ServerRdsh", "Core", "Professional", "EnterpriseFuture", ""]) {
      assert.ok(!isTaken(machine("26200.1", editionId), windows11), editionId);
    }
    const { refusals = [] } = ensureClientPlan({
      ...systemLimits(policy(windows11)),
      discovery: "dns",
      hostNames: [],
    });
    const refusal = refusals.find(({ id }) => id === "refuseSystem");
    assert.deepEqual(
      refusal?.unless.filter(({ is }) => is !== undefined),
      [{ on: "machine", property: "editionId", is: ["Enterprise"] }],
    );
  });

  it("K22: at update session hosts keep the key of their image where Azure's own KMS activates them", () => {
    const azure = { os: "Windows 11", edition: "Enterprise multi-session", hosts: [] };
    const sessionHost = machine("26200.1", "ServerRdsh");
    for (const declared of [azure, { ...azure, os: "", edition: "" }]) {
      assert.ok(isTaken(sessionHost, declared));
      assert.ok(!isTaken(sessionHost, { ...declared, hosts: [host()] }), "a KMS host of one's own");
      const desired = { ...systemLimits(policy(declared)), discovery: "fixedHost" as const, hostNames: [] };
      const install = ensureClientPlan(desired).operations.find(({ id }) => id === "installKey");
      assert.deepEqual(install?.orUnless, [{ on: "machine", property: "editionId", is: ["ServerRdsh"] }]);
      const known = licensedAnswer();
      const answer = licensedAnswer({
        machine: { ...known.machine, ...sessionHost },
        service: {},
        product: { ...known.product, PartialProductKey: "KEPT1" },
      });
      assert.deepEqual(memberDrift(desired, answer), []);
    }
    assert.ok(!isTaken(windows11, azure));
  });

  it("K22: at update a session host among machines of another edition is left as it is", () => {
    assert.match(
      systemRefusal(policy({ os: "Windows 11", edition: "Enterprise" }), machine("26200.1", "ServerRdsh")),
      /runs Windows 11 Enterprise multi-session, but Windows 11 Enterprise is declared\. The machine is left as it is, .* may change Windows for good/,
    );
  });

  it("are refused with what was found, also where the catalogue does not know it", () => {
    const windows11 = { os: "Windows 11", edition: "Enterprise" };
    assert.match(
      systemRefusal(policy(windows11), machine("26200.1", "Core")),
      /KMS4016 os: .* runs Windows build 26200\.1 with the EditionID Core, but Windows 11 Enterprise is declared/,
    );
  });

  it("are judged by the system's other editions alone where the EditionIDs are not certain", () => {
    const r2 = {
      os: "Windows Server 2008 R2",
      edition: "Standard",
      setupKey: "YC6KT-GKW9T-YTKYR-T4X34-R7VHC",
    };
    for (const editionId of ["ServerStandard", "ServerStandardCore", "ServerStandardCor"]) {
      assert.ok(isTaken(machine("7601.1", editionId), r2), editionId);
    }
    for (const editionId of ["ServerEnterprise", "ServerEnterpriseCore", "ServerStandardEval"]) {
      assert.ok(!isTaken(machine("7601.1", editionId), r2), editionId);
    }
  });

  it("of a channel have builds and editions in common with others", () => {
    const ltsc = {
      os: "Windows 10 LTSC 2021",
      edition: "Enterprise LTSC",
      setupKey: "M7XTQ-FN8P6-TTKYV-9D4CC-J462D",
    };
    assert.ok(isTaken(machine("19044.1", "EnterpriseS"), ltsc));
    assert.ok(!isTaken(machine("19044.1", "Enterprise"), ltsc));
    assert.ok(!isTaken(machine("17763.1", "EnterpriseS"), ltsc));
  });

  it("may have any Windows where Office is activated, but for what is declared of it", () => {
    const office = {
      office: "Office LTSC 2024",
      officeProduct: "Office LTSC Professional Plus 2024",
      setupKey: "x",
    };
    assert.ok(isTaken(server2025, office));
    assert.ok(isTaken(server2022, { ...office, os: "Windows Server 2022" }));
    assert.ok(!isTaken(windows11, { ...office, os: "Windows Server 2022" }));
  });
});
