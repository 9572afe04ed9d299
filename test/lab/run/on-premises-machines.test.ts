import assert from "node:assert/strict";
import { onPremisesMachines } from "../../../provider/lab/run/on-premises-machines";

const row = { config: "hosts", names: ["kms1", "kms2"], os: "Windows Server 2022", edition: "Datacenter" };

describe("onPremisesMachines", () => {
  it("installs the newest build of a system with all updates", () => {
    const system = { osBuild: "20348.9999", editionId: "ServerDatacenter", productType: 3 };
    assert.deepEqual(onPremisesMachines({ ...row, domain: "corp.example" }), [
      { name: "kms1", ...system, domain: "corp.example" },
      { name: "kms2", ...system, domain: "corp.example" },
    ]);
  });

  it("knows clients, and leaves out a domain that is not given", () => {
    assert.deepEqual(onPremisesMachines({ ...row, names: ["pc"], os: "Windows 11", edition: "Enterprise" }), [
      { name: "pc", osBuild: "26200.9999", editionId: "Enterprise", productType: 1 },
    ]);
  });

  it("refuses a system that the catalogue lacks, and one that is Azure's own", () => {
    assert.throws(() => onPremisesMachines({ ...row, os: "Windows Server 2023" }), {
      code: "KMS7032",
      message: /install Windows Server 2023 Datacenter on kms1, kms2: the catalogue has no such/,
    });
    assert.throws(() => onPremisesMachines({ ...row, edition: "Datacenter: Azure Edition" }), {
      code: "KMS7032",
      message: /it is none that is installed outside Azure/,
    });
  });
});
