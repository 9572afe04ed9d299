import assert from "node:assert/strict";
import { runCommandDiagnostics } from "../../provider/rules/machines";

const codes = (azure: boolean, os: string) => runCommandDiagnostics({ azure, os }).map(({ code }) => code);

describe("managed run commands", () => {
  it("do not exist on Windows Server 2012 R2 in Azure", () => {
    const [diagnostic] = runCommandDiagnostics({ azure: true, os: "Windows Server 2012 R2" });
    assert.equal(`${diagnostic.severity} ${diagnostic.code} ${diagnostic.property}`, "warning KMS2236 os");
    assert.match(diagnostic.message, /does not offer managed run commands on Windows Server 2012 R2/);
  });

  it("exist on newer systems, and do not matter outside Azure", () => {
    assert.deepEqual(codes(true, "Windows Server 2022"), []);
    assert.deepEqual(codes(false, "Windows Server 2012 R2"), []);
  });
});
