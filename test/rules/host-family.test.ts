import assert from "node:assert/strict";
import { brief, ofGroup, withCode } from "./program";

describe("KMS host on a client operating system", () => {
  const clientHosts: [string, string, string][] = [
    ["R016", "Windows 10", "Enterprise"],
    ["R017", "Windows 8.1", "Pro"],
    ["A-02", "Windows 7", "Professional"],
  ];
  for (const [requirement, os, edition] of clientHosts) {
    it(`${requirement}: on ${os} does not activate servers, whatever its key group`, () => {
      for (const keyGroup of ["Windows 10", "Windows Server 2019"]) {
        const diagnostics = withCode(
          ofGroup({ os: "Windows Server 2016" }, { keyGroup, os, edition }),
          "KMS2205",
        );
        assert.deepEqual(brief(diagnostics), ["web error KMS2205 hosts[0]"]);
        assert.match(
          diagnostics[0].message,
          new RegExp(
            `runs ${os.replace(".", "\\.")}, and a KMS host on a client operating system activates client`,
          ),
        );
      }
    });

    it(`${requirement}: on ${os} activates clients`, () => {
      const diagnostics = ofGroup(
        { os: "Windows 8.1", edition: "Pro", count: 30 },
        { keyGroup: "Windows 10", os, edition },
      );
      assert.deepEqual(diagnostics, []);
    });
  }

  it("A-02: both checks fire, that of the family and that of the table", () => {
    const diagnostics = ofGroup(
      { os: "Windows Server 2016" },
      { keyGroup: "Windows 10", os: "Windows 10", edition: "Enterprise" },
    );
    assert.deepEqual(brief(diagnostics), ["web error KMS2013 hosts[0]", "web error KMS2205 hosts[0]"]);
  });
});
