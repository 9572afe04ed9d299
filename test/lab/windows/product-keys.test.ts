import assert from "node:assert/strict";
import Ajv from "ajv";
import { findKeyGroup, keyGroups } from "../../../provider/catalog/key-groups";
import { setupKeys as catalogueKeys } from "../../../provider/catalog/setup-keys";
import labKeys from "../../../provider/lab/windows/lab-keys.json";
import schema from "../../../provider/lab/windows/lab-keys.schema.json";
import { labProductKey } from "../../../provider/lab/windows/product-keys";
import type { MachineSpec } from "../../../provider/lab/windows/windows-machine";
import {
  boot,
  group2022,
  hostKey,
  install,
  server2019,
  server2022,
  server2025,
  setupKeys,
  testLab,
  windows10,
} from "./test-lab";

const mak = labKeys.multipleActivationKeys[0].productKey;

/** What a new machine says to a product key: "done" or the HRESULT. */
function tryKey(system: Partial<MachineSpec> & typeof server2022, productKey: string): string {
  const lab = testLab();
  return install(lab, boot(lab, "m", { ...system, setupKey: undefined }), productKey);
}

describe("product keys of the lab", () => {
  it("are as their schema says", () => {
    const validate = new Ajv({ strict: true }).compile(schema);
    assert.equal(validate(labKeys), true, JSON.stringify(validate.errors));
  });

  it("have one host key for each key group of Windows, by its canonical name", () => {
    assert.deepEqual(
      labKeys.hostKeys.map(({ keyGroup }) => keyGroup),
      keyGroups()
        .filter(({ application }) => application === "windows")
        .map(({ name }) => name),
    );
    assert.equal(findKeyGroup(group2022)?.id, "WindowsServer2022");
  });

  it("have several N each, endings of their own, and are no setup keys", () => {
    const keys = [...labKeys.hostKeys, ...labKeys.multipleActivationKeys].map(({ productKey }) => productKey);
    keys.forEach((key) => assert.ok(key.split("N").length > 3, key));
    assert.equal(new Set(keys.map((key) => key.slice(-5))).size, keys.length);
    const published = new Set(catalogueKeys().map(({ key }) => key));
    assert.equal(
      keys.some((key) => published.has(key)),
      false,
    );
  });
});

describe("installation of a product key", () => {
  it("takes the setup key of the system and edition, in any case and with spaces around it", () => {
    assert.equal(tryKey(server2022, setupKeys.server2022Datacenter), "done");
    assert.equal(tryKey(server2022, ` ${setupKeys.server2022Datacenter.toLowerCase()} `), "done");
    assert.equal(
      tryKey({ ...server2022, editionId: "ServerStandard" }, setupKeys.server2022Standard),
      "done",
    );
  });

  it("refuses an unknown key, an empty one and another system's with 0xC004F050", () => {
    assert.equal(tryKey(server2022, "NNNNN-NNNNN-NNNNN-NNNNN-NNNNN"), "0xC004F050");
    assert.equal(tryKey(server2022, ""), "0xC004F050");
    assert.equal(tryKey(server2022, setupKeys.server2019Datacenter), "0xC004F050");
    assert.equal(tryKey(server2022, setupKeys.windows10Enterprise), "0xC004F050");
  });

  it("refuses another edition's key with 0xC004F069", () => {
    assert.equal(tryKey(server2022, setupKeys.server2022Standard), "0xC004F069");
  });

  it("refuses a setup key on an evaluation copy with 0xC004F015", () => {
    const evaluation = { ...server2022, editionId: "ServerDatacenterEval" };
    assert.equal(tryKey(evaluation, setupKeys.server2022Datacenter), "0xC004F015");
    assert.equal(tryKey(evaluation, hostKey(group2022)), "0xC004F015");
  });

  it("takes one key on Windows 10 and Windows 11, which share it", () => {
    assert.equal(tryKey(windows10, setupKeys.windows10Enterprise), "done");
    assert.equal(tryKey({ ...windows10, osBuild: "22631.6060" }, setupKeys.windows10Enterprise), "done");
  });

  it("takes a host key on the systems that may host its group", () => {
    const cases: [string, typeof server2022, string][] = [
      ["Volume License for Windows Server 2022", server2022, "done"],
      ["Volume License for Windows Server 2022", server2019, "done"],
      ["Volume License for Windows Server 2022", server2025, "0xC004F015"],
      ["Volume License for Windows Server 2022", windows10, "0xC004F015"],
      ["Volume License for Windows Server 2025", server2019, "done"],
      ["Volume License for Windows Server 2016", server2019, "0xC004F015"],
      ["Volume license for Windows 10", windows10, "done"],
      ["Volume license for Windows 10", server2022, "0xC004F015"],
    ];
    cases.forEach(([group, system, expected]) =>
      assert.equal(tryKey(system, hostKey(group)), expected, `${group} on ${system.osBuild}`),
    );
  });

  it("refuses a host key on Azure Edition with 0xC004F015", () => {
    assert.equal(tryKey({ ...server2022, editionId: "ServerTurbine" }, hostKey(group2022)), "0xC004F015");
  });

  it("does not know a newer host key before the host has its update: 0xC004F050", () => {
    const key = hostKey("Volume License for Windows Server 2025");
    assert.equal(tryKey({ ...server2022, osBuild: "20348.2321" }, key), "0xC004F050");
    assert.equal(tryKey({ ...server2022, osBuild: "20348.2322" }, key), "done");
  });

  it("takes a multiple activation key everywhere", () => {
    assert.equal(tryKey(server2022, mak), "done");
    assert.equal(tryKey(windows10, mak), "done");
  });
});

describe("a key that was changed by hand", () => {
  it("shows in the channel and the last five characters", () => {
    const lab = testLab();
    const id = boot(lab, "web1");
    lab.fleet.installKeyByHand(id, mak);
    const { partialProductKey, productKeyChannel, licenseStatus } = lab.fleet.snapshot(id);
    assert.deepEqual([partialProductKey, productKeyChannel, licenseStatus], [mak.slice(-5), "Volume:MAK", 2]);
  });

  it("is refused with the HRESULT and without the key", () => {
    const lab = testLab();
    const id = boot(lab, "web1");
    assert.throws(
      () => lab.fleet.installKeyByHand(id, setupKeys.server2022Standard),
      (error: Error & { code?: string }) =>
        error.code === "KMS7304" &&
        error.message.includes("0xC004F069") &&
        !error.message.includes(setupKeys.server2022Standard),
    );
  });
});

describe("labProductKey", () => {
  it("is the invented key of the key group", () => {
    const [row] = labKeys.hostKeys;
    assert.equal(labProductKey(row.keyGroup), row.productKey);
  });

  it("has those of Office as well", () => {
    assert.equal(labProductKey("Office LTSC 2024 Volume License Pack"), labKeys.officeHostKeys[0].productKey);
  });

  it("fails when the lab has no key of that group, and names those that it has", () => {
    assert.throws(() => labProductKey("Windows 95"), {
      code: "KMS7012",
      message: /^KMS7012 the lab has no product key of the key group Windows 95; it has: .*2022/,
    });
  });
});
