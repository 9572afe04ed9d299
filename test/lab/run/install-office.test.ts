import assert from "node:assert/strict";
import { installOffice } from "../../../provider/lab/run/install-office";

const row = { config: "servers", names: ["srv1"], os: "Windows Server 2022", edition: "Standard" };
const proPlus = "Office LTSC Professional Plus";

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
      ...row,
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
    await assert.rejects(installOffice(control, "srv1", { ...row, ...office }), {
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
      /^KMS7085 office\.edition: Office Home .*there are: .*Office LTSC Professional Plus/,
    );
  });
});
