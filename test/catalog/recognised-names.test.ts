import assert from "node:assert/strict";
import { findOperatingSystem, operatingSystems } from "../../provider/catalog/operating-systems";
import {
  recogniseEdition,
  recogniseKeyGroup,
  recogniseOffice,
  recogniseOfficeProduct,
  recogniseSystem,
  systemOfEditionId,
} from "../../provider/catalog/recognised-names";

describe("names as people and tools write them", () => {
  const systems: [given: string, os: string | undefined, edition?: string][] = [
    ["Windows 10 Enterprise", "Windows 10", "Enterprise"],
    ["Microsoft Windows Server 2019 Standard", "Windows Server 2019", "Standard"],
    ["Windows Server 2022 Datacenter Azure Edition", "Windows Server 2022", "Datacenter: Azure Edition"],
    ["Windows Server 2012 R2 Datacenter", "Windows Server 2012 R2", "Datacenter"],
    ["Windows Server 2012R2", "Windows Server 2012 R2"],
    ["Windows 7 Professional SP1", "Windows 7", "Professional"],
    ["2022-datacenter", "Windows Server 2022", "Datacenter"],
    ["win2019", "Windows Server 2019"],
    ["WindowsServer2022", "Windows Server 2022"],
    ["Windows 10 22H2", "Windows 10"],
    ["Windows Server 23H2", "Windows Server, version 23H2"],
    ["Windows 10 Enterprise LTSC 2021", "Windows 10 LTSC 2021"],
    ["Windows 10 Enterprise 2016 LTSB", "Windows 10 LTSB 2016"],
    ["Windows Server 2022 Core", "Windows Server 2022"],
    ["Windows Server SAC", "Windows Server Semi-Annual Channel"],
    ["Windos Server 2022", "Windows Server 2022"],
    ["Windows 11 Enterprise LTSC", undefined],
    ["Windows XP", undefined],
    ["Ubuntu", undefined],
    ["", undefined],
  ];
  for (const [given, os, edition] of systems) {
    it(`"${given}" is the operating system ${os ?? "of no name"}`, () => {
      const meant = recogniseSystem(given);
      assert.deepEqual([meant?.os, meant?.edition], [os, edition]);
    });
  }

  it("each name of the catalogue is that operating system, with and without its editions", () => {
    for (const { name, editions } of operatingSystems()) {
      assert.equal(recogniseSystem(name.toUpperCase())?.os, name);
      for (const edition of editions) {
        const meant = recogniseSystem(`${name} ${edition.name}`);
        assert.equal(meant?.os, name, edition.name);
      }
    }
  });

  const editions: [os: string, given: string, edition: string | undefined][] = [
    ["Windows 11", "Professional Workstation", "Pro for Workstations"],
    ["Windows 11", "ProfessionalEducation", "Pro Education"],
    ["Windows 11", "EnterpriseS", undefined],
    ["Windows 11", "Pro Single Language", undefined],
    ["Windows Server 2022", "ServerTurbine", "Datacenter: Azure Edition"],
    ["Windows Server 2022", "Azure Edition", "Datacenter: Azure Edition"],
    ["Windows Server 2022", "Datacenter (Desktop Experience)", "Datacenter"],
    ["Windows Server 2022", "Web", undefined],
  ];
  for (const [os, given, edition] of editions) {
    it(`"${given}" is the edition ${edition ?? "of no name"} of ${os}`, () => {
      assert.equal(recogniseEdition(findOperatingSystem(os)!, given), edition);
    });
  }

  it("an EditionID of the long-term channel is that of the operating system of the same release", () => {
    const windows11 = findOperatingSystem("Windows 11")!;
    assert.deepEqual(systemOfEditionId(windows11, "IoTEnterpriseS"), {
      os: "Windows IoT LTSC 2024",
      edition: "IoT Enterprise LTSC",
    });
    assert.equal(systemOfEditionId(windows11, "ServerStandard"), undefined);
  });

  const groups: [given: string, group: string | undefined][] = [
    ["Windows Srv 2016 DataCtr/Std KMS", "Volume License for Windows Server 2016"],
    ["Windows Server 2025 DataCtr/Std KMS", "Volume License for Windows Server 2025"],
    ["Windows Server 2012R2", 'Volume license for "Windows Server 2012 R2 for Windows 10"'],
    ["Windows 10 Enterprise", "Volume license for Windows 10"],
    ["WindowsServer2022", "Volume License for Windows Server 2022"],
    ["Windows Server 2008 R2", undefined],
    ["Windows 8.1", undefined],
    ["Volume:CSVLK", undefined],
  ];
  for (const [given, group] of groups) {
    it(`"${given}" is the product key group ${group ?? "of no name"}`, () => {
      assert.equal(recogniseKeyGroup(given), group);
    });
  }

  it("a year is an Office version, and a product beside it one of that version", () => {
    assert.deepEqual(recogniseOffice("2021"), { version: "Office LTSC 2021" });
    assert.deepEqual(recogniseOffice("Visio Professional 2024"), {
      version: "Office LTSC 2024",
      product: "Visio LTSC Professional 2024",
    });
    assert.equal(recogniseOffice("Office 2013"), undefined);
    const product = (given: string) => recogniseOfficeProduct("Office LTSC 2021", given);
    assert.equal(product("VisioPro2021Volume"), "Visio LTSC Professional 2021");
    assert.equal(product("ProPlus2021Volume"), "Office LTSC Professional Plus 2021");
    assert.equal(product("Standard"), "Office LTSC Standard 2021");
    assert.equal(product("Home and Business"), undefined);
  });
});
