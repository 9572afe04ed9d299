import assert from "node:assert/strict";
import { brief, group, host, messageOf, verdictsOf } from "../program";

const office = (version: string, count: number, name = "office") =>
  group({ name, office: version, os: undefined, edition: undefined, count });
const on = (hostChanges: object, ...groups: ReturnType<typeof office>[]) =>
  verdictsOf([host(hostChanges)], groups);

describe("Office clients", () => {
  it("R119: 4 are a warning, 5 are enough", () => {
    const verdicts = on({ office: ["2019"] }, office("2019", 4));
    assert.deepEqual(brief(verdicts), ["office warning KMS2240 office"]);
    assert.match(
      messageOf(verdicts, "KMS2240"),
      /count 4 machines with Office 2019, threshold 5: 1 machines short/,
    );
    assert.deepEqual(on({ office: ["2019"] }, office("2019", 5)), []);
  });

  it("A-10: have a count of their own for each version, over all groups of the host", () => {
    const both = { office: ["2019", "LTSC 2021"] };
    assert.deepEqual(on(both, office("2019", 2, "a"), office("Office 2019", 3, "b")), []);
    const apart = on(both, office("2019", 4, "a"), office("LTSC 2021", 5, "b"), group({ count: 20 }));
    assert.deepEqual(brief(apart), ["a warning KMS2240 office"]);
  });

  it("need a host key of their version on the host", () => {
    const verdicts = on({ office: ["LTSC 2021"] }, office("Office 2016", 9));
    assert.deepEqual(brief(verdicts), ["office error KMS2239 hosts[0]"]);
    assert.match(
      messageOf(verdicts, "KMS2239"),
      /KMSHost kms has no host key of Office 2016; .*download 49164/,
    );
  });

  it("need a host whose operating system can carry that key", () => {
    const old = { os: "Windows Server 2019", keyGroup: "Windows Server 2019", office: ["LTSC 2024"] };
    const verdicts = on(old, office("Office LTSC 2024", 9));
    assert.deepEqual(brief(verdicts), ["office error KMS2238 hosts[0]"]);
    assert.match(messageOf(verdicts, "KMS2238"), /needs one of: Windows Server 2025, Windows Server 2022,/);
  });

  it("are of a version that the catalogue has", () => {
    const verdicts = on({}, office("Office 2007", 9));
    assert.deepEqual(brief(verdicts), ["office error KMS2237 office"]);
    assert.match(
      messageOf(verdicts, "KMS2237"),
      /Use one of: Office LTSC 2024, Office LTSC 2021, Office 2019, Office 2016\.$/,
    );
  });

  it("are not reckoned while the size of a group is not known", () => {
    const unknown = { ...office("2019", 1, "later"), count: undefined };
    assert.deepEqual(on({ office: ["2019"] }, office("2019", 1), unknown), []);
  });
});
