import assert from "node:assert/strict";
import { firewallDiagnostics } from "../../provider/rules/network";

const codes = (network: object) =>
  firewallDiagnostics({ network }).map(({ severity, code, property }) => `${severity} ${code} ${property}`);

describe("rules of a firewall on the way", () => {
  it("cannot carry KMS as application rules", () => {
    assert.deepEqual(
      codes({ firewallApplicationRules: ["https:443 *.example", "https:1688 azkms.core.windows.net"] }),
      ["error KMS2106 network.firewallApplicationRules[1]"],
    );
    assert.deepEqual(codes({ firewallApplicationRules: ["https:16880 azkms.core.windows.net"] }), []);
  });

  it("should name Azure's KMS by both names", () => {
    const oldOnly = ["TCP:1688 kms.core.windows.net"];
    assert.deepEqual(codes({ firewallNetworkRules: oldOnly }), ["warning KMS2107 network"]);
    assert.deepEqual(
      codes({ firewallNetworkRules: ["TCP:1688 kms.core.windows.net,azkms.core.windows.net"] }),
      [],
    );
    assert.deepEqual(codes({ firewallNetworkRules: [...oldOnly, "TCP:1688 azkms.core.windows.net"] }), []);
    assert.deepEqual(codes({ firewallNetworkRules: ["TCP:1688 kms.core.chinacloudapi.cn"] }), [
      "warning KMS2107 network",
    ]);
  });

  it("are not judged where none are declared", () => {
    assert.deepEqual(firewallDiagnostics({}), []);
    assert.deepEqual(codes({}), []);
  });
});
