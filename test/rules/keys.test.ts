import assert from "node:assert/strict";
import type { KMSHostKeyValues } from "../../provider/rules/args.generated";
import { reviewHost } from "../../provider/rules/rules";
import { programIndex } from "../../provider/rules/program-index";
import {
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  type HostChanges,
  labKey,
  messageOf,
  ofGroup,
  ofHost,
} from "./program";

/** Invented: a real product key has at most one N. */
const otherKey = "NKMSN-WSNHN-R2N2P-NBXTN-N7W4K";
const officeKey = "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K";

const datacenter = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";
const standard = "VDYBN-27WPP-V4HQT-9VMD4-VMK7H";

describe("the key of a KMS host", () => {
  const codes = (changes: HostChanges) =>
    reviewHost(host({ machine: { azureVmId: "/vms/kms" }, zones: [], ...changes }), programIndex()).map(
      ({ code, path }) => `${code} ${path}`,
    );

  it("is needed, of Windows or of Office", () => {
    assert.deepEqual(codes({ key: undefined }), ["KMS1008 key"]);
    assert.deepEqual(codes({ key: {} }), ["KMS1002 key.productKey"]);
    const officeKeys = [{ office: "LTSC 2024", productKey: officeKey }];
    assert.deepEqual(codes({ key: undefined, officeKeys }), []);
    assert.deepEqual(codes({ key: undefined, officeKeys: [...officeKeys, { office: "2019" }] }), [
      "KMS1002 officeKeys[1].productKey",
    ]);
  });

  it("is not missed where it is not known yet, nor on a host that somebody else manages", () => {
    assert.deepEqual(codes({ key: undefined, unknown: ["key"] }), []);
    assert.deepEqual(codes({ unknown: ["key.productKey"] }), []);
    assert.deepEqual(codes({ key: undefined, readOnly: true }), []);
    assert.deepEqual(codes({ readOnly: true, officeKeys: [{ office: "2019" }] }), []);
  });

  it("is no key of Automatic Virtual Machine Activation", () => {
    const diagnostics = ofHost({ key: { productKey: "w3gnr-8ddxr-2tfrp-h8p33-dv9bg" } });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2022 key.productKey"]);
    assert.match(diagnostics[0].message, /ending in DV9BG is the key of Windows Server 2022 Datacenter for/);
    const setup = messageOf(ofGroup({ setupKey: "W3GNR-8DDXR-2TFRP-H8P33-DV9BG" }), "KMS2011");
    assert.match(setup, /, and this is the AVMA key of Windows Server 2022 Datacenter\. Leave setupKey out/);
  });

  it("has the form of a product key, and is not repeated", () => {
    const diagnostics = ofHost({ key: { productKey: labKey.slice(0, -1) } });
    assert.deepEqual(brief(diagnostics), ["kms error KMS1101 key.productKey"]);
    assert.match(messageOf(diagnostics, "KMS1101"), /a text of 28 characters is not a product key/);
    assert.deepEqual(ofHost({ key: { productKey: labKey } }), []);
  });

  it("is not a client setup key that the catalogue knows", () => {
    const diagnostics = ofHost({ key: { productKey: datacenter } });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2008 key.productKey"]);
    const message = messageOf(diagnostics, "KMS2008");
    assert.match(message, /ending in 6VM33 is the KMS client setup key of Windows Server 2022 Datacenter/);
    assert.ok(!message.includes(datacenter));
  });
});

describe("a product key group that Microsoft does not have", () => {
  it("R022, R044, R063, R080: is an error that lists the known ones", () => {
    const diagnostics = ofHost({ key: { keyGroup: "Volume License for Windows Server 2023" } });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2001 key.keyGroup"]);
    const message = messageOf(diagnostics, "KMS2001");
    for (const name of [
      "Volume License for Windows Server 2019",
      "Volume License for Windows Server 2016",
      "Volume license for Windows 10",
      'Volume license for "Windows Server 2012 R2 for Windows 10"',
    ]) {
      assert.ok(message.includes(name), name);
    }
    assert.match(message, /Did you mean "Volume License for Windows Server 202\d"\?$/);
  });

  it("includes those of Office, which are declared beside the group of Windows", () => {
    const diagnostics = ofHost({ key: { keyGroup: "Office LTSC 2021 Volume License Pack" } });
    assert.deepEqual(brief(diagnostics).slice(0, 1), ["kms error KMS2001 key.keyGroup"]);
    assert.doesNotMatch(messageOf(diagnostics, "KMS2001"), /Did you mean "Office/);
  });
});

describe("KMS hosts of one key", () => {
  const hosts = (count: number, key: KMSHostKeyValues = {}) =>
    Array.from({ length: count }, (_, index) =>
      host({ name: `kms${index + 1}`, key: { productKey: labKey, ...key } }),
    );
  const exception = (granted: number) => ({ hostLimitException: { hosts: granted, reference: "case 1" } });
  const withOffice = (count: number, office: KMSHostKeyValues = {}, windows: KMSHostKeyValues = {}) =>
    Array.from({ length: count }, (_, index) =>
      host({
        name: `kms${index + 1}`,
        key: windows,
        officeKeys: [
          {
            office: "LTSC 2021",
            productKey: "NKMSN-YFFNC-R2N2P-NBXTN-N3N3K",
            hostLimitException: { hosts: 9, reference: "case 2" },
          },
          { office: "LTSC 2024", productKey: officeKey, ...office },
        ],
      }),
    );

  it("R132: may be six: the first and up to five more", () => {
    assert.deepEqual(diagnosticsOf(hosts(6)), []);
  });

  it("R132, R134: are too many from the seventh on, which is an error that names the six", () => {
    const diagnostics = diagnosticsOf(hosts(7));
    assert.deepEqual(brief(diagnostics), ["kms7 error KMS2101 key.productKey"]);
    const message = messageOf(diagnostics, "KMS2101");
    assert.match(
      message,
      /host number 7 with the same key, which activates 6 hosts: kms1, kms2, kms3, kms4, kms5, kms6\./,
    );
    assert.match(message, /hostLimitException: \{ hosts, reference \}/);
    assert.ok(!message.includes(labKey));
  });

  it("R136: get the names of the Activation Call Center, the newer one too (A-16)", () => {
    const message = messageOf(diagnosticsOf(hosts(7)), "KMS2101");
    assert.match(
      message,
      /Microsoft 365 admin center, or the Activation Call Center, now Microsoft Licensing Activation Center/,
    );
  });

  it("R135: need an exception for ten where ten sites have one each", () => {
    assert.deepEqual(brief(diagnosticsOf(hosts(10))), [
      "kms7 error KMS2101 key.productKey",
      "kms8 error KMS2101 key.productKey",
      "kms9 error KMS2101 key.productKey",
      "kms10 error KMS2101 key.productKey",
    ]);
    assert.deepEqual(diagnosticsOf(hosts(10, exception(10))), []);
    assert.deepEqual(brief(diagnosticsOf(hosts(10, exception(9)))), ["kms10 error KMS2101 key.productKey"]);
  });

  it("R134: share an exception that one of them declares, which never lowers the limit", () => {
    const [, ...others] = hosts(7);
    const first = host({ name: "kms1", key: { productKey: labKey, ...exception(7) } });
    assert.deepEqual(diagnosticsOf([first, ...others]), []);
    assert.deepEqual(diagnosticsOf(hosts(6, exception(2))), []);
  });

  it("R132, R134: are counted for the key of each Office version by itself, with its own exception", () => {
    assert.deepEqual(diagnosticsOf(withOffice(6)), []);
    const diagnostics = diagnosticsOf(withOffice(7));
    assert.deepEqual(brief(diagnostics), ["kms7 error KMS2101 officeKeys[1].productKey"]);
    assert.match(
      messageOf(diagnostics, "KMS2101"),
      /number 7 .* 6 hosts: kms1, kms2, kms3, kms4, kms5, kms6\./,
    );
    assert.deepEqual(diagnosticsOf(withOffice(7, exception(7))), []);
    assert.deepEqual(brief(diagnosticsOf(withOffice(7, {}, exception(7)))), [
      "kms7 error KMS2101 officeKeys[1].productKey",
    ]);
  });

  it("are recognised by the key, however it is spelt", () => {
    const spelt = host({ name: "kms7", key: { productKey: ` ${labKey.toLowerCase()} ` } });
    assert.deepEqual(brief(diagnosticsOf([...hosts(6), spelt])), ["kms7 error KMS2101 key.productKey"]);
    const other = host({ name: "kms7", key: { productKey: otherKey } });
    assert.deepEqual(diagnosticsOf([...hosts(6), other]), []);
  });

  it("declare the same activations spent, or none", () => {
    const spent = (name: string, hosts: number, productKey = labKey) =>
      host({ name, key: { productKey, activationsSpent: { hosts, activations: 5 } } });
    assert.deepEqual(diagnosticsOf([spent("a", 2), spent("b", 2)]), []);
    assert.deepEqual(diagnosticsOf([spent("a", 2), host({ name: "b", key: { productKey: labKey } })]), []);
    assert.deepEqual(diagnosticsOf([spent("a", 2), spent("b", 3, otherKey)]), []);
    const diagnostics = diagnosticsOf([spent("a", 2), spent("b", 3)]);
    assert.deepEqual(brief(diagnostics), ["b error KMS2113 key.activationsSpent"]);
    assert.match(
      messageOf(diagnostics, "KMS2113"),
      /3 hosts and 5 activations are declared .* ending in N2W2K, but the KMSHost a declares 2 hosts and 5/,
    );
  });

  it("are not compared by activations spent that are not known yet", () => {
    const known = host({
      name: "a",
      key: { productKey: labKey, activationsSpent: { hosts: 1, activations: 1 } },
    });
    const later = host({
      name: "b",
      key: { productKey: labKey, activationsSpent: { activations: 1 } },
      unknown: ["key.activationsSpent.hosts"],
    });
    assert.deepEqual(diagnosticsOf([known, later]), []);
    assert.deepEqual(diagnosticsOf([later, known]), []);
  });
});

describe("the setup key of a client group", () => {
  it("R148: may be that of its edition, however it is spelt", () => {
    assert.deepEqual(ofGroup({ setupKey: datacenter }), []);
    assert.deepEqual(ofGroup({ setupKey: ` ${datacenter.toLowerCase()}` }), []);
  });

  it("R148: must not be the setup key of another edition", () => {
    const diagnostics = ofGroup({ setupKey: standard });
    assert.deepEqual(brief(diagnostics), ["web error KMS2012 setupKey"]);
    assert.match(
      messageOf(diagnostics, "KMS2012"),
      /setup key of Windows Server 2022 Standard, but the members of the group are Windows Server 2022 Datacenter\. Leave setupKey out, or use WX4NM-/,
    );
  });

  it("R148: is compared with what was seen of the members where their edition is not declared", () => {
    const found = (edition: string) => ({
      os: undefined,
      edition: undefined,
      seen: [{ os: "Windows Server 2022", edition }],
    });
    assert.deepEqual(ofGroup({ setupKey: standard, ...found("Standard") }), []);
    assert.deepEqual(brief(ofGroup({ setupKey: standard, ...found("Datacenter") })), [
      "web error KMS2012 setupKey",
    ]);
    assert.deepEqual(ofGroup({ setupKey: standard, os: undefined, edition: undefined }), []);
  });

  it("R021: must not be a key of another kind, such as an AVMA key", () => {
    const diagnostics = ofGroup({ setupKey: labKey });
    assert.deepEqual(brief(diagnostics), ["web error KMS2011 setupKey"]);
    const message = messageOf(diagnostics, "KMS2011");
    assert.match(
      message,
      /ending in N2W2K is not a KMS client setup key of .*; AVMA, retail and MAK keys cannot be used/,
    );
    assert.ok(!message.includes(labKey));
  });

  it("must not be the host key of a KMS host of the program", () => {
    const diagnostics = diagnosticsOf(
      [host({ key: { productKey: labKey } })],
      [group({ setupKey: labKey.toLowerCase() })],
    );
    assert.deepEqual(brief(diagnostics), ["web error KMS2010 setupKey"]);
    const message = messageOf(diagnostics, "KMS2010");
    assert.match(message, /ending in N2W2K is the product key of the KMSHost kms/);
    assert.ok(!message.toUpperCase().includes(labKey));
  });

  it("must have the form of a product key", () => {
    assert.deepEqual(brief(ofGroup({ setupKey: "WX4NM" })), ["web error KMS1101 setupKey"]);
  });

  it("is none of AVMA, retail or MAK where the members' edition is not known either", () => {
    const as = (changes: GroupChanges) => ofGroup({ os: undefined, edition: undefined, ...changes });
    const avma = as({ setupKey: "YDFWN-MJ9JR-3DYRK-FXXRW-78VHK" });
    assert.deepEqual(brief(avma), ["web error KMS2011 setupKey"]);
    assert.match(
      avma[0].message,
      /ending in 78VHK is not a KMS client setup key of any product of the catalogue/,
    );
    assert.deepEqual(as({ setupKey: datacenter }), []);
  });

  it("is named by its product of Office alone", () => {
    const office = { version: "LTSC 2021" };
    const visio = ofGroup({
      os: "Windows 10",
      edition: "Enterprise",
      office,
      setupKey: "KNH8D-FGHT4-T8RK3-CTDYJ-K2HT4",
    });
    assert.match(
      messageOf(visio, "KMS2012"),
      /the KMS client setup key of Visio LTSC Professional 2021, but the members of the group are Office LTSC Professional Plus 2021\./,
    );
  });
});
