import assert from "node:assert/strict";
import { installOffice, onPremisesMachines } from "./on-premises";

const machinesRow = {
  config: "hosts",
  names: ["kms1", "kms2"],
  os: "Windows Server 2022",
  edition: "Datacenter",
};

describe("onPremisesMachines", () => {
  it("installs the newest build of a system with all updates", () => {
    const system = { osBuild: "20348.9999", editionId: "ServerDatacenter", productType: 3 };
    assert.deepEqual(onPremisesMachines({ ...machinesRow, domain: "corp.example" }), [
      { name: "kms1", ...system, domain: "corp.example" },
      { name: "kms2", ...system, domain: "corp.example" },
    ]);
  });

  it("knows clients, and leaves out a domain that is not given", () => {
    assert.deepEqual(
      onPremisesMachines({ ...machinesRow, names: ["pc"], os: "Windows 11", edition: "Enterprise" }),
      [{ name: "pc", osBuild: "28000.9999", editionId: "Enterprise", productType: 1 }],
    );
  });

  it("refuses a system that the catalogue lacks, and one that is Azure's own", () => {
    assert.throws(() => onPremisesMachines({ ...machinesRow, os: "Windows Server 2023" }), {
      code: "KMS7032",
      message: /install Windows Server 2023 Datacenter on kms1, kms2: the catalogue has no such/,
    });
    assert.throws(() => onPremisesMachines({ ...machinesRow, edition: "Datacenter: Azure Edition" }), {
      code: "KMS7032",
      message: /it is none that is installed outside Azure/,
    });
  });
});

const row = { config: "servers", names: ["srv1"], os: "Windows Server 2022", edition: "Standard" };
const proPlus = "Office LTSC Professional Plus 2024";

/** Notes what would be installed. */
function installer() {
  const installed: string[][] = [];
  return {
    installed,
    installOffice: async (...what: string[]) => void installed.push(what),
    installLicensePack: async (...what: string[]) => void installed.push(what),
  };
}

describe("installOffice", () => {
  it("installs the License Packs and the volume edition of a row", async () => {
    const control = installer();
    await installOffice(control, "srv1", {
      ...machinesRow,
      licensePacks: ["LTSC 2024", "Office LTSC 2021"],
      office: { version: "LTSC 2024", edition: proPlus },
    });
    assert.deepEqual(control.installed, [
      ["srv1", "LTSC 2024"],
      ["srv1", "Office LTSC 2021"],
      ["srv1", "LTSC 2024", proPlus],
    ]);
  });

  it("installs nothing on machines of a row without Office", async () => {
    const control = installer();
    await installOffice(control, "srv1", row);
    assert.deepEqual(control.installed, []);
  });

  const refused = async (office: object, message: RegExp) => {
    const control = installer();
    await assert.rejects(installOffice(control, "srv1", { ...machinesRow, ...office }), {
      code: "KMS7085",
      message,
    });
    assert.deepEqual(control.installed, []);
  };

  it("refuses an unknown version, and names those that there are", async () => {
    await refused(
      { licensePacks: ["LTSC 2023"] },
      /^KMS7085 licensePacks: LTSC 2023 cannot be installed on srv1; there are: .*Office LTSC 2024/,
    );
    await refused({ office: { version: "2010", edition: proPlus } }, /^KMS7085 office\.version: 2010 /);
  });

  it("refuses an edition that the version does not have", async () => {
    await refused(
      { office: { version: "LTSC 2024", edition: "Office Home" } },
      /^KMS7085 office\.edition: Office Home .*there are: .*Office LTSC Professional Plus 2024/,
    );
  });
});
