import assert from "node:assert/strict";
import { findSetupKey } from "../../provider/catalog/setup-keys";
import { foundSystem, seenSystem } from "../../provider/group/found-system";
import {
  type SystemPolicy,
  systemLimits,
  systemRefusal,
  unservedMembers,
} from "../../provider/group/system-policy";
import type { MemberState } from "../../provider/group/state";
import {
  host,
  keyOn,
  machine,
  policy,
  server2022,
  server2025,
  unknownBuild,
  windows11,
} from "./system-policies";

describe("the operating system of a machine", () => {
  it("is found by build and EditionID", () => {
    assert.deepEqual(seenSystem(server2022), {
      os: "Windows Server 2022",
      edition: "Datacenter",
      osBuild: "20348.2322",
    });
    assert.deepEqual(seenSystem(machine("26100.1742", "serverstandardcor")).os, "Windows Server 2025");
    assert.deepEqual(seenSystem(windows11).os, "Windows 11");
    assert.equal(foundSystem(machine("20348.1", "ServerStandardEval"))?.evaluation, true);
  });

  it("is its build alone where the catalogue does not know it", () => {
    assert.deepEqual(seenSystem(unknownBuild), { osBuild: "29999.1" });
  });
});

describe("members as found", () => {
  it("get the setup key of what they run", () => {
    assert.equal(keyOn(server2022), findSetupKey("Windows Server 2022", "Datacenter")?.key);
    assert.equal(
      keyOn(machine("17763.8027", "ServerStandard")),
      findSetupKey("Windows Server 2019", "Standard")?.key,
    );
    assert.equal(keyOn(windows11), findSetupKey("Windows 11", "Enterprise")?.key);
  });

  it("are left as they are where the hosts' key groups do not serve them", () => {
    assert.equal(keyOn(server2025), undefined);
    assert.equal(
      keyOn(server2025, { hosts: [host({ keyGroup: "Volume License for Windows Server 2025" })] }),
      findSetupKey("Windows Server 2025", "Standard")?.key,
    );
  });

  it("are those that every host of the group serves", () => {
    const hosts = [host(), host({ name: "kms2", keyGroup: "Volume License for Windows Server 2016" })];
    assert.equal(keyOn(server2022, { hosts }), undefined);
    assert.ok(keyOn(machine("14393.8519", "ServerStandard"), { hosts }));
  });

  it("are left as they are where they are evaluation copies, or not known", () => {
    assert.equal(keyOn(machine("20348.2322", "ServerDatacenterEval")), undefined);
    assert.equal(keyOn(unknownBuild), undefined);
  });

  it("are what an accepted diagnostic lets in", () => {
    const acknowledge = [{ code: "KMS2013", reason: "tried it" }];
    assert.ok(keyOn(server2025, { acknowledge }));
    assert.ok(
      keyOn(server2025, { acknowledge: [{ ...acknowledge[0], until: "2026-12-31" }], today: "2026-12-31" }),
    );
    const ended = { acknowledge: [{ ...acknowledge[0], until: "2026-12-31" }], today: "2027-01-01" };
    assert.equal(keyOn(server2025, ended), undefined);
  });

  it("are all that Microsoft has a setup key for where nothing is known of the hosts' keys, or Azure's KMS serves", () => {
    assert.ok(keyOn(server2025, { hosts: [host({ keyGroup: "", readOnly: true })] }));
    assert.ok(keyOn(server2025, { hosts: [] }));
  });

  it("are limited by what is declared of them", () => {
    const edition = { edition: "Standard" };
    assert.equal(keyOn(server2022, edition), undefined);
    assert.equal(
      keyOn(machine("20348.1", "ServerStandard"), edition),
      findSetupKey("Windows Server 2022", "Standard")?.key,
    );
    const os = { os: "Windows Server 2019" };
    assert.equal(keyOn(server2022, os), undefined);
    assert.ok(keyOn(machine("17763.1", "ServerDatacenter"), os));
  });

  it("take few bytes of a plan", () => {
    const { systems = [] } = systemLimits(policy({ hosts: [] }));
    assert.ok(systems.length > 50);
    assert.ok(JSON.stringify(systems).length < 15_000, `${JSON.stringify(systems).length} characters`);
  });
});

describe("the refusal of a member", () => {
  const refusal = (found: typeof server2022, changes: Partial<SystemPolicy> = {}) =>
    systemRefusal(policy(changes), found);

  it("is what the preview reports where the hosts do not serve it", () => {
    assert.match(
      refusal(server2025),
      /^KMS2013 hosts\[0\]: .*Volume License for Windows Server 2022.* KMSHost kms does not activate Windows Server 2025 Standard\b/,
    );
  });

  it("KMS4016: names what it runs and what is declared", () => {
    assert.match(
      refusal(server2025, { os: "Windows Server 2022", edition: "Datacenter", setupKey: "x" }),
      /^KMS4016 os: web-1 runs Windows Server 2025 Standard, but Windows Server 2022 Datacenter is declared\./,
    );
    assert.match(
      refusal(server2022, { edition: "Standard" }),
      /^KMS4016 edition: web-1 runs Windows Server 2022 Datacenter, but Standard is declared\./,
    );
  });

  it("KMS4017: names the build and the EditionID that the catalogue does not know", () => {
    assert.match(
      refusal(unknownBuild),
      /^KMS4017 web-1 runs Windows build 29999\.1 with the EditionID ServerDatacenter,/,
    );
  });

  it("KMS2223: names an evaluation copy", () => {
    assert.match(
      refusal(machine("20348.2322", "ServerDatacenterEval")),
      /^KMS2223 an evaluation installation of Windows Server 2022 Datacenter /,
    );
  });

  it("KMS2015: names a system without a setup key", () => {
    const server23h2 = machine("25398.1", "ServerDatacenterACor");
    assert.equal(keyOn(server23h2, { hosts: [] }), undefined);
    assert.match(
      refusal(server23h2, { hosts: [] }),
      /^KMS2015 edition: Microsoft publishes no KMS client setup key for Windows Server, version 23H2,/,
    );
  });
});

describe("what was seen of members, at the next preview", () => {
  const member = (name: string, os: string, edition: string): MemberState => ({
    name,
    status: "Licensed",
    os,
    edition,
  });
  const members = [
    member("a", "Windows Server 2022", "Datacenter"),
    member("b", "Windows Server 2025", "Standard"),
    member("c", "Windows Server 2025", "Standard"),
  ];
  const unserved = (changes: Partial<SystemPolicy> = {}) =>
    unservedMembers(policy(changes), members).map(({ message, members: refused }) => [
      message.slice(0, 7),
      refused.map(({ name }) => name).join(" "),
    ]);

  it("is judged by the rules, each system once", () => {
    assert.deepEqual(unserved(), [["KMS2013", "b c"]]);
    assert.deepEqual(unserved({ hosts: [] }), []);
    assert.deepEqual(unserved({ acknowledge: [{ code: "KMS2013", reason: "tried it" }] }), []);
  });

  it("is compared with what is declared", () => {
    assert.deepEqual(unserved({ os: "Windows Server 2025", edition: "Standard", hosts: [] }), [
      ["KMS4016", "a"],
    ]);
  });

  it("does not matter to Office", () => {
    assert.deepEqual(
      unserved({ office: "Office LTSC 2024", officeProduct: "Office LTSC Professional Plus 2024" }),
      [],
    );
  });

  it("is not judged where the catalogue does not know it", () => {
    assert.deepEqual(
      unservedMembers(policy(), [{ name: "new", status: "Licensed", osBuild: "29999.1" }]),
      [],
    );
  });
});
