import assert from "node:assert/strict";
import { brief, host, labKey, messageOf, diagnosticsOf } from "./program";

const hosts = (count: number, changes: object = {}) =>
  Array.from({ length: count }, (_, index) =>
    host({ name: `kms${index + 1}`, productKey: labKey, ...changes }),
  );
const exception = (granted: number) => ({ hostLimitException: { hosts: granted, reference: "case 1" } });

/** Invented: a real product key has at most one N. */
const officeKey = "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K";
const withOffice = (count: number, change: object = {}) =>
  hosts(count).map((host) => ({
    ...host,
    productKey: undefined,
    officeKeys: [
      {
        office: "LTSC 2021",
        productKey: "NKMSN-YFFNC-R2N2P-NBXTN-N3N3K",
        hostLimitException: { hosts: 9, reference: "case 2" },
      },
      { office: "LTSC 2024", productKey: officeKey, ...change },
    ],
  }));

describe("KMS hosts of one key", () => {
  it("R132: the first and up to five more", () => {
    assert.deepEqual(diagnosticsOf(hosts(6)), []);
  });

  it("R132, R134: the seventh is an error that names the six", () => {
    const diagnostics = diagnosticsOf(hosts(7));
    assert.deepEqual(brief(diagnostics), ["kms7 error KMS2101 productKey"]);
    const message = messageOf(diagnostics, "KMS2101");
    assert.match(
      message,
      /host number 7 with the same key, which activates 6 hosts: kms1, kms2, kms3, kms4, kms5, kms6\./,
    );
    assert.match(message, /hostLimitException: \{ hosts, reference \}/);
    assert.ok(!message.includes(labKey));
  });

  it("R136: the error names the Activation Call Center and its newer name (A-16)", () => {
    const message = messageOf(diagnosticsOf(hosts(7)), "KMS2101");
    assert.match(
      message,
      /Microsoft 365 admin center, or the Activation Call Center, now Microsoft Licensing Activation Center/,
    );
  });

  it("R135: ten hosts, one for each of ten places, need an exception for ten", () => {
    assert.deepEqual(brief(diagnosticsOf(hosts(10))), [
      "kms7 error KMS2101 productKey",
      "kms8 error KMS2101 productKey",
      "kms9 error KMS2101 productKey",
      "kms10 error KMS2101 productKey",
    ]);
    assert.deepEqual(diagnosticsOf(hosts(10, exception(10))), []);
    assert.deepEqual(brief(diagnosticsOf(hosts(10, exception(9)))), ["kms10 error KMS2101 productKey"]);
  });

  it("R134: an exception that one host declares holds for all, and never lowers the limit", () => {
    const [first, ...others] = hosts(7);
    assert.deepEqual(diagnosticsOf([{ ...first, ...exception(7) }, ...others]), []);
    assert.deepEqual(diagnosticsOf(hosts(6, exception(2))), []);
  });

  it("R132, R134: hold for the key of each Office version by itself, with its own exception", () => {
    assert.deepEqual(diagnosticsOf(withOffice(6)), []);
    const diagnostics = diagnosticsOf(withOffice(7));
    assert.deepEqual(brief(diagnostics), ["kms7 error KMS2101 officeKeys[1].productKey"]);
    assert.match(
      messageOf(diagnostics, "KMS2101"),
      /number 7 .* 6 hosts: kms1, kms2, kms3, kms4, kms5, kms6\./,
    );
    assert.deepEqual(diagnosticsOf(withOffice(7, exception(7))), []);
    assert.deepEqual(brief(diagnosticsOf(withOffice(7).map((host) => ({ ...host, ...exception(7) })))), [
      "kms7 error KMS2101 officeKeys[1].productKey",
    ]);
  });

  it("are told apart by the key, however it is spelt", () => {
    const spelt = hosts(6).concat(host({ name: "kms7", productKey: ` ${labKey.toLowerCase()} ` }));
    assert.deepEqual(brief(diagnosticsOf(spelt)), ["kms7 error KMS2101 productKey"]);
    const other = hosts(6).concat(host({ name: "kms7", productKey: "NKMSN-WSNHN-R2N2P-NBXTN-N7W4K" }));
    assert.deepEqual(diagnosticsOf(other), []);
  });
});
