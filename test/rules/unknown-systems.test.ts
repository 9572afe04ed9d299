import assert from "node:assert/strict";
import { brief, diagnosticsOf, group, host, members, ofGroup, ofHost } from "./program";

describe("a build that is assumed", () => {
  const said = (os: string, osBuild: string) => brief(ofHost({ os, assume: { osBuild } }));

  it("is one of the declared operating system, of which there are several, or newer than all that are known", () => {
    assert.deepEqual(said("Windows Server 2022", "17763.6000"), ["kms error KMS2019 assume.osBuild"]);
    assert.deepEqual(said("Windows Server 2022", "20348.2322"), []);
    assert.deepEqual(said("Windows Server 2022", "99999.1"), []);
    const windows11 = ofGroup({
      os: "Windows 11",
      edition: "Pro",
      machines: members(30),
      assume: { osBuild: "19045.1" },
    });
    assert.deepEqual(brief(windows11), ["web error KMS2019 assume.osBuild"]);
    assert.match(
      windows11[0].message,
      /19045\.1 is no build of Windows 11, which has build 22000, .* or 28000\./,
    );
  });
});

describe("a day of updates that is assumed", () => {
  const said = (updatedThrough: string, today?: string) =>
    diagnosticsOf([host({ assume: { updatedThrough } })], [group({ assume: { updatedThrough } })], { today });

  it("is none of the future, with a day left for other time zones", () => {
    const wrong = said("2026-12-01", "2026-11-29");
    assert.deepEqual(brief(wrong), [
      "kms error KMS2021 assume.updatedThrough",
      "web error KMS2021 assume.updatedThrough",
    ]);
    assert.match(wrong[0].message, /2026-12-01 is later than today, 2026-11-29/);
    assert.deepEqual(said("2026-11-30", "2026-11-29"), []);
    assert.deepEqual(said("2026-12-01"), []);
  });
});

describe("an edition without an operating system", () => {
  const said = (edition: string, unknown: string[] = []) =>
    ofGroup({ os: undefined, edition, machines: members(30), unknown });

  it("is that of at least one of them", () => {
    assert.deepEqual(said("Enterprise"), []);
    assert.deepEqual(said("Datacenter: Azure Edition"), []);
    assert.deepEqual(said("Enterprize", ["os"]), []);
    const [wrong] = said("Enterprize");
    assert.equal(wrong.code, "KMS2020");
    assert.match(
      wrong.message,
      /no operating system .* has the edition "Enterprize"\. .* Did you mean "Enterprise"\?$/,
    );
  });
});
