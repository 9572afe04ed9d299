import assert from "node:assert/strict";
import {
  findEdition,
  findEditionById,
  findOperatingSystem,
  suggestOperatingSystems,
} from "../../provider/catalog/operating-systems";

describe("operating systems", () => {
  const facts: [string, string, number[], string | undefined][] = [
    ["Windows Server 2025", "server", [26100], "2034-11-14"],
    ["Windows Server 2022", "server", [20348], "2031-10-14"],
    ["Windows Server 2019", "server", [17763], "2029-01-09"],
    ["Windows Server 2016", "server", [14393], "2027-01-12"],
    ["Windows Server 2012 R2", "server", [9600], "2023-10-10"],
    ["Windows Server 2008 R2", "server", [7600, 7601], "2020-01-14"],
    ["Windows Server, version 20H2", "server", [19042], "2022-08-09"],
    ["Windows 11", "client", [22000, 22621, 22631, 26100, 26200], undefined],
    ["Windows 8.1", "client", [9600], "2023-01-10"],
    ["Windows 7", "client", [7600, 7601], "2020-01-14"],
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
  });
});
