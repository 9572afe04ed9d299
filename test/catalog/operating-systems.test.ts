import assert from "node:assert/strict";
import {
  findEdition,
  findEditionById,
  findOperatingSystem,
  isNewerBuild,
  operatingSystems,
  suggestOperatingSystems,
} from "../../provider/catalog/operating-systems";
import { Edition } from "../../provider/catalog/names.generated";
import { findSetupKey } from "../../provider/catalog/setup-keys";

describe("operating systems", () => {
  const facts: [string, string, number[], string | undefined][] = [
    ["Windows Server 2025", "server", [26100], "2034-11-14"],
    ["Windows Server 2022", "server", [20348], "2031-10-14"],
    ["Windows Server 2019", "server", [17763], "2029-01-09"],
    ["Windows Server 2016", "server", [14393], "2027-01-12"],
    ["Windows Server 2012 R2", "server", [9600], "2023-10-10"],
    ["Windows Server 2008 R2", "server", [7600, 7601], "2020-01-14"],
    ["Windows Server, version 20H2", "server", [19042], "2022-08-09"],
    ["Windows 11", "client", [22000, 22621, 22631, 26100, 26200, 26300, 28000], undefined],
    ["Windows Server, version 23H2", "server", [25398], "2026-05-12"],
    ["Windows 8.1", "client", [9600], "2023-01-10"],
    ["Windows 7", "client", [7600, 7601], "2020-01-14"],
    ["Windows Vista", "client", [6000, 6001, 6002], "2017-04-11"],
  ];
  for (const [name, family, builds, endOfSupport] of facts) {
    it(`knows ${name}`, () => {
      const os = findOperatingSystem(name);
      assert.deepEqual([os?.family, os?.builds, os?.endOfSupport], [family, builds, endOfSupport]);
    });
  }

  it("finds by alias and suggests by likeness", () => {
    assert.equal(findOperatingSystem("Windows Server version 1809")?.name, "Windows Server, version 1809");
    assert.equal(findOperatingSystem("Windows Server 2003"), undefined);
    assert.equal(suggestOperatingSystems("windows server 2022 ")[0], "Windows Server 2022");
    assert.equal(findOperatingSystem("Windows 11 IoT Enterprise LTSC 2024")?.name, "Windows IoT LTSC 2024");
    assert.equal(findOperatingSystem("Windows 10 IoT Enterprise LTSC 2021")?.name, "Windows IoT LTSC 2021");
  });

  it("has a source for each fact", () => {
    for (const { name, sources, ...os } of operatingSystems()) {
      const facts = [
        ...(os.builds.length > 0 ? ["builds"] : []),
        ...(os.endOfSupport === undefined ? [] : ["endOfSupport"]),
        ...(os.extendedSecurityUpdatesUntil === undefined ? [] : ["extendedSecurityUpdatesUntil"]),
        "editionIds",
      ];
      assert.deepEqual(Object.keys(sources), facts, name);
      assert.deepEqual(
        (os.unconfirmed ?? []).filter((fact) => !facts.includes(fact)),
        [],
        name,
      );
    }
    assert.equal(
      findOperatingSystem("Windows Server, version 23H2")?.sources.builds,
      "https://learn.microsoft.com/windows/release-health/windows-server-release-info",
      "the page that moved",
    );
    assert.deepEqual(findOperatingSystem("Windows Server, version 23H2")?.unconfirmed, [
      "endOfSupport",
      "editionIds",
    ]);
  });

  it("knows until when security updates can be bought", () => {
    const until = (name: string) => findOperatingSystem(name)?.extendedSecurityUpdatesUntil;
    assert.equal(until("Windows Server 2016"), "2030-01-12");
    assert.equal(until("Windows Server 2012 R2"), "2026-10-13");
    assert.equal(until("Windows Server 2012"), "2026-10-13");
    assert.equal(until("Windows Server 2008 R2"), "2023-01-10");
    assert.equal(until("Windows 10"), "2028-10-10");
    assert.deepEqual(findOperatingSystem("Windows 10")?.unconfirmed, ["extendedSecurityUpdatesUntil"]);
    assert.equal(until("Windows Server 2022"), undefined);
  });

  it("tells a build that is newer than all known ones", () => {
    const windows11 = findOperatingSystem("Windows 11")!;
    assert.equal(isNewerBuild(windows11, 28100), true);
    assert.equal(isNewerBuild(windows11, 28000), false);
    assert.equal(isNewerBuild(windows11, 27000), false, "between known builds");
    const server = findOperatingSystem("Windows Server 2019")!;
    assert.equal(isNewerBuild(server, 20348), false, "the build of Windows Server 2022");
    assert.equal(isNewerBuild(server, 20349), true);
    assert.equal(isNewerBuild(findOperatingSystem("Windows Server Semi-Annual Channel")!, 30000), false);
  });

  it("knows the family of each", () => {
    assert.equal(findOperatingSystem("Windows Server 2022")?.family, "server");
    assert.equal(findOperatingSystem("Windows 10 LTSC 2021")?.family, "client");
  });
});

describe("editions", () => {
  const found: [string, string, string, string][] = [
    ["Windows Server 2022", "Datacenter", "Windows Server 2022", "Datacenter"],
    ["Windows 10", "Professional", "Windows 10", "Pro"],
    ["Windows 7", "Pro", "Windows 7", "Professional"],
    ["Windows 10", "Enterprise LTSB 2016", "Windows 10 LTSB 2016", "Enterprise LTSB"],
    ["Windows 10", "Enterprise LTSC N 2019", "Windows 10 LTSC 2019", "Enterprise N LTSC"],
    ["Windows 10 LTSC 2021", "Enterprise LTSC N", "Windows 10 LTSC 2021", "Enterprise N LTSC"],
    ["Windows 11", "IoT Enterprise LTSC 2024", "Windows IoT LTSC 2024", "IoT Enterprise LTSC"],
    ["Windows 10", "IoT Enterprise LTSC 2021", "Windows IoT LTSC 2021", "IoT Enterprise LTSC"],
    ["Windows 11", "Enterprise G N", "Windows 11", "Enterprise G N"],
  ];
  for (const [os, edition, foundOs, foundEdition] of found) {
    it(`finds ${os}, ${edition}`, () => {
      const known = findEdition(os, edition);
      assert.deepEqual([known?.os.name, known?.edition.name], [foundOs, foundEdition]);
    });
  }

  it("fails when the edition is unknown", () => {
    assert.equal(findEdition("Windows 10", "Home"), undefined);
    assert.equal(findEdition("Windows Server 2022", "Essentials"), undefined);
    assert.equal(findEdition("Windows 99", "Enterprise"), undefined);
  });

  it("reads EditionID, and whether it means an evaluation copy", () => {
    const read = (os: string, id: string) => {
      const known = findEditionById(os, id);
      return known && [known.edition.name, known.evaluation, known.edition.azureOnly ?? false];
    };
    assert.deepEqual(read("Windows Server 2022", "ServerDatacenter"), ["Datacenter", false, false]);
    assert.deepEqual(read("Windows Server 2022", "ServerTurbine"), [
      "Datacenter: Azure Edition",
      false,
      true,
    ]);
    assert.deepEqual(read("Windows Server 2019", "ServerStandardEval"), ["Standard", true, false]);
    assert.deepEqual(read("Windows 10 LTSC 2021", "enterprises"), ["Enterprise LTSC", false, false]);
    assert.equal(read("Windows 10", "Core"), undefined);
    assert.deepEqual(read("Windows Server 2008 R2", "ServerEnterpriseCore"), ["Enterprise", false, false]);
    assert.deepEqual(read("Windows Server 2008", "ServerDatacenterVCore"), [
      "Datacenter without Hyper-V",
      false,
      false,
    ]);
    assert.equal(read("Windows Server 2008 R2", "ServerStandardCor"), undefined);
    assert.deepEqual(read("Windows Server 2012", "ServerStandardCor"), ["Standard", false, false]);
    assert.deepEqual(read("Windows Server 2008", "ServerComputeCluster"), ["HPC", false, false]);
    assert.deepEqual(read("Windows Server 2008 R2", "ServerHPC"), ["HPC edition", false, false]);
  });

  it("knows the multi-session edition, which no setup key belongs to", () => {
    for (const os of ["Windows 10", "Windows 11"]) {
      const known = findEditionById(os, "ServerRdsh");
      assert.equal(known?.edition.name, Edition.EnterpriseMultiSession);
      assert.equal(known.edition.multiSession, true);
      assert.equal(findSetupKey(os, known.edition.name), undefined);
    }
  });
});
