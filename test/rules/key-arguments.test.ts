import assert from "node:assert/strict";
import { programIndex } from "../../provider/rules/program-index";
import { reviewHost } from "../../provider/rules/rules";
import { brief, diagnosticsOf, host, type HostChanges, labKey, messageOf, ofHost } from "./program";

describe("a text that is no product key", () => {
  const said = (productKey: string) => messageOf(ofHost({ key: { productKey } }), "KMS1101");

  it("is refused with what keeps it from being one, and not repeated", () => {
    const cases: [string, RegExp][] = [
      [
        labKey.replaceAll("-", "\u2013"),
        /29 characters is not a product key: its groups are separated by dashes/,
      ],
      [`"${labKey}"`, /31 characters is not a product key: it stands in quotation marks/],
      [labKey.replaceAll("-", ""), /25 characters is not a product key: its groups are not separated\./],
      [labKey.replaceAll("-", " "), /separated by other characters than hyphens/],
      [labKey.slice(0, -1), /: its group 5 is not five characters long/],
      [labKey.slice(0, -6), /: it does not have five groups/],
      [`${labKey.slice(0, -1)}\u00dc`, /: it has characters that no product key has/],
      ["XXXXX-XXXXX-XXXXX-XXXXX-XXXXX", /: it is the placeholder of documentation/],
      ["changeme!", /^KMS1101 key\.productKey: a text of 9 characters is not a product key\. Specify/],
    ];
    for (const [given, expected] of cases) {
      assert.match(said(given), expected);
      assert.doesNotMatch(said(given), /N2W2|changeme/);
    }
  });
});

describe("the host key of Windows on a machine", () => {
  it("is the only one of all KMS hosts", () => {
    const machine = { azureVmId: "/subscriptions/s/vms/kms" };
    const second = { name: "second", machine: { azureVmId: "/Subscriptions/S/vms/KMS" } };
    const other = { key: { productKey: "NKMSN-WSNHN-R2N2P-NBXTN-N7W4K" }, zones: [] };
    const first = host({ machine, key: { productKey: labKey } });
    const said = (changes: HostChanges) => brief(diagnosticsOf([first, host({ ...second, ...changes })]));
    assert.deepEqual(said(other), ["second error KMS2023 machine.azureVmId"]);
    assert.deepEqual(said({ ...other, readOnly: true }), []);
    assert.deepEqual(said({ ...other, unknown: ["readOnly"] }), []);
    const officeKeys = [{ office: "LTSC 2024", productKey: "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K" }];
    assert.deepEqual(said({ key: undefined, officeKeys, zones: [] }), []);
    const ssh = { ssh: { host: "10.0.0.4", user: "a", hostKeyFingerprint: "SHA256:x" } };
    const overSsh = [host({ machine: ssh, zones: [] }), host({ name: "second", machine: ssh, ...other })];
    assert.deepEqual(brief(diagnosticsOf(overSsh)), ["second error KMS2023 machine.ssh.host"]);
  });
});

describe("the confirmation ID of a KMS host", () => {
  const confirmationId = "0".repeat(48);
  const said = (changes: HostChanges) => {
    return reviewHost(host(changes), programIndex()).filter(({ code }) => code === "KMS2140");
  };

  it("has no effect without activation by telephone, of Windows or Office", () => {
    const [online] = said({ confirmationId });
    assert.match(
      online.message,
      /no effect with activation "online"\. Remove it, or set activation to "offline"\./,
    );
    assert.equal(said({ confirmationId, activation: "none" }).length, 1);
    const key = { office: "LTSC 2024", productKey: labKey };
    const [office] = said({ officeKeys: [key, { ...key, office: "2019", confirmationId }] });
    assert.equal(office.path, "officeKeys[1].confirmationId");
  });

  it("belongs to an activation by telephone, and is not judged while that is not known", () => {
    assert.deepEqual(said({ confirmationId, activation: "offline" }), []);
    assert.deepEqual(said({ confirmationId, unknown: ["activation"] }), []);
  });
});
