import assert from "node:assert/strict";
import { kmsUnacknowledgedWarnings } from "../../../provider/policy/policies/kms-unacknowledged-warnings";
import { declared, group, host, review } from "../resources";

const codes = (found: string[]) => found.map((text) => text.replace(/^(\S+ \S+) .*?(KMS\d{4}).*$/, "$1 $2"));
const today = "2031-10-15";

describe("policy kms-unacknowledged-warnings", () => {
  it("repeats a warning with the code to acknowledge", () => {
    assert.deepEqual(review(kmsUnacknowledgedWarnings, [host("kms")], {}, { today }), [
      "kms: KMS8011 KMS2104 os: the support of Windows Server 2022 ended on 2031-10-14, so the KMS host gets no more " +
        "updates. Move the host to a newer Windows Server with a key group that it can host. To accept it, set " +
        'acknowledge: ["KMS2104"] on this resource.',
    ]);
  });

  it("says nothing of a warning that is acknowledged, ignored or an error", () => {
    const acknowledged = host("kms", { acknowledge: ["KMS2104"] });
    assert.deepEqual(review(kmsUnacknowledgedWarnings, [acknowledged], {}, { today }), []);
    assert.deepEqual(review(kmsUnacknowledgedWarnings, [host("kms", { strict: true })], {}, { today }), []);
    const ignore = ["KMS2104"];
    assert.deepEqual(review(kmsUnacknowledgedWarnings, [host("kms")], { ignore }, { today }), []);
  });

  it("judges groups with the hosts of the stack", () => {
    const kms = host("kms");
    const web = group("web", [kms], { vms: { count: 51 } });
    assert.deepEqual(codes(review(kmsUnacknowledgedWarnings, [kms, web])), ["web: KMS8011 KMS2209"]);
  });

  it("tells a host and a group of one name apart", () => {
    const kms = host("same");
    const web = group("same", [kms], { vms: { count: 51 } });
    const found = kmsUnacknowledgedWarnings.review(
      [kms, web],
      { ignore: [] },
      { today: "2026-11-25", defaultLedger: "", sharedBackend: false },
    );
    assert.deepEqual(
      found.map(({ urn }) => urn),
      [web.urn],
    );
  });

  it("says nothing of what is not known yet", () => {
    const unknown = ["os", "edition", "keyGroup", "productKey", "clientPrefixes", "srvRecords"];
    const kms = host("kms", Object.fromEntries(unknown.map((path) => [path, undefined])), {
      unknownPaths: unknown,
    });
    assert.deepEqual(review(kmsUnacknowledgedWarnings, [kms], {}, { today }), []);
  });

  it("judges groups that Azure's own KMS activates", () => {
    const network = { defaultRoute: "VirtualNetworkGateway" };
    const values = { os: "Windows Server 2022", edition: "Datacenter", network };
    const web = declared("pulumi-windows-kms:index:KMSClientGroup", "web", { ...values, azureKms: true });
    assert.deepEqual(codes(review(kmsUnacknowledgedWarnings, [web])), ["web: KMS8011 KMS2232"]);
    const later = declared("pulumi-windows-kms:index:KMSClientGroup", "web", values, {
      unknownPaths: ["azureKms"],
    });
    assert.deepEqual(codes(review(kmsUnacknowledgedWarnings, [later])), ["web: KMS8011 KMS2232"]);
  });
});
