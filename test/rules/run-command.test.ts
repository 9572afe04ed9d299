import assert from "node:assert/strict";
import { runCommandVerdicts } from "../../provider/rules/machines";

const codes = (azure: boolean, os: string) => runCommandVerdicts({ azure, os }).map(({ code }) => code);

describe("managed run commands", () => {
  it("do not exist on Windows Server 2012 R2 in Azure", () => {
    const [verdict] = runCommandVerdicts({ azure: true, os: "Windows Server 2012 R2" });
    assert.equal(`${verdict.severity} ${verdict.code} ${verdict.property}`, "warning KMS2236 os");
    assert.match(verdict.message, /does not offer managed run commands on Windows Server 2012 R2/);
  });

  it("exist on newer systems, and do not matter outside Azure", () => {
    assert.deepEqual(codes(true, "Windows Server 2022"), []);
    assert.deepEqual(codes(false, "Windows Server 2012 R2"), []);
  });
});
