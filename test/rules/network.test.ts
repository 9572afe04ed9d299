import assert from "node:assert/strict";
import type { MachineNetworkValues } from "../../provider/rules/args.generated";
import { isPublicPrefix } from "../../provider/rules/network";
import { programIndex } from "../../provider/rules/program-index";
import { reviewHost } from "../../provider/rules/rules";
import { brief, host, type HostChanges, labKey, messageOf, ofGroup, ofHost } from "./program";

describe("R006: a KMS host stays on the own network", () => {
  it("R006: a prefix that reaches beyond it is an error that names it", () => {
    const diagnostics = ofHost({ clientPrefixes: ["10.20.0.0/16", "0.0.0.0/0", "Internet"] });
    assert.deepEqual(brief(diagnostics), [
      "kms error KMS2102 clientPrefixes[1]",
      "kms error KMS2102 clientPrefixes[2]",
    ]);
    assert.match(
      diagnostics[0].message,
      /clientPrefixes\[1\]: 0\.0\.0\.0\/0 lets the Internet reach the KMS port/,
    );
  });

  it("is not said of private prefixes", () => {
    assert.equal(messageOf(ofHost({ clientPrefixes: ["10.0.0.0/8"] }), "KMS2102"), "");
  });

  const prefixes: [string, boolean][] = [
    ["10.20.0.0/16", false],
    ["10.0.0.0/8", false],
    ["10.0.0.0/7", true],
    ["172.16.0.0/12", false],
    ["172.32.0.0/12", true],
    ["192.168.1.4", false],
    ["192.168.0.0/15", true],
    ["100.64.0.0/10", false],
    ["169.254.1.0/24", false],
    ["8.8.8.8", true],
    ["0.0.0.0/0", true],
    ["*", true],
    ["internet", true],
    ["VirtualNetwork", false],
    ["fc00::/7", false],
    ["fd12:3456::/32", false],
    ["fe80::1", false],
    ["::/0", true],
    ["2001:db8::/32", true],
  ];
  for (const [prefix, isPublic] of prefixes) {
    it(`${prefix} ${isPublic ? "reaches" : "does not reach"} beyond it`, () => {
      assert.equal(isPublicPrefix(prefix), isPublic);
    });
  }
});

describe("a KMS host in a private subnet", () => {
  it("cannot be activated without an outbound method", () => {
    for (const network of [{ privateSubnet: true }, { privateSubnet: true, outbound: "none" as const }]) {
      const diagnostics = ofHost({ assume: { network } });
      assert.deepEqual(brief(diagnostics), ["kms error KMS2105 assume.network.outbound"]);
      assert.match(messageOf(diagnostics, "KMS2105"), /NAT gateway .* stop and deallocate the machine once/);
    }
  });

  it("can with one, and elsewhere", () => {
    assert.deepEqual(ofHost({ assume: { network: { privateSubnet: true, outbound: "natGateway" } } }), []);
    assert.deepEqual(ofHost({ assume: { network: { privateSubnet: false } } }), []);
    assert.deepEqual(ofHost({ assume: { network: {} } }), []);
  });

  it("needs none when its key is not activated over the Internet", () => {
    for (const activation of ["offline", "none"] as const) {
      assert.deepEqual(ofHost({ activation, assume: { network: { privateSubnet: true } } }), []);
    }
  });
});

const codes = (network: MachineNetworkValues) =>
  brief(ofHost({ assume: { network } })).map((line) => line.slice("kms ".length));

describe("the rules of a firewall on the way", () => {
  it("cannot carry KMS as application rules", () => {
    assert.deepEqual(
      codes({ firewallApplicationRules: ["https:443 *.example", "https:1688 azkms.core.windows.net"] }),
      ["error KMS2106 assume.network.firewallApplicationRules[1]"],
    );
    assert.deepEqual(codes({ firewallApplicationRules: ["https:16880 azkms.core.windows.net"] }), []);
  });

  it("should name Azure's KMS by both names", () => {
    const oldOnly = ["TCP:1688 kms.core.windows.net"];
    assert.deepEqual(codes({ firewallNetworkRules: oldOnly }), ["warning KMS2107 assume.network"]);
    assert.deepEqual(
      codes({ firewallNetworkRules: ["TCP:1688 kms.core.windows.net,azkms.core.windows.net"] }),
      [],
    );
    assert.deepEqual(codes({ firewallNetworkRules: [...oldOnly, "TCP:1688 azkms.core.windows.net"] }), []);
    assert.deepEqual(codes({ firewallNetworkRules: ["TCP:1688 kms.core.chinacloudapi.cn"] }), [
      "warning KMS2107 assume.network",
    ]);
  });

  it("are not judged where none are declared", () => {
    assert.deepEqual(codes({}), []);
  });
});

describe("R127: reaching a KMS host", () => {
  it("R127: reports a created host whose clientPrefixes admit nobody", () => {
    const diagnostics = ofGroup({}, { machine: { create: {} }, clientPrefixes: [] });
    assert.deepEqual(brief(diagnostics), ["web error KMS2222 hosts[0]"]);
    assert.match(messageOf(diagnostics, "KMS2222"), /its network security group lets no member in/);
  });

  it("R127: is taken for granted where the host lets prefixes in, or is not of our making", () => {
    assert.deepEqual(ofGroup({}, { machine: { create: {} }, clientPrefixes: ["10.20.0.0/16"] }), []);
    assert.deepEqual(ofGroup({}, { machine: { azureVmId: "/vms/kms" }, clientPrefixes: [] }), []);
    assert.deepEqual(ofGroup({}, { machine: { create: {} }, unknown: ["clientPrefixes"] }), []);
  });

  it("R127: reports a created host without clientPrefixes, and knows nothing of other machines", () => {
    assert.deepEqual(brief(ofGroup({}, { machine: { create: {} } })), ["web error KMS2222 hosts[0]"]);
    assert.deepEqual(ofGroup({}, { machine: { azureVmId: "/vms/kms" } }), []);
  });
});

describe("K26: client prefixes of a machine that exists", () => {
  const codes = (changes: HostChanges) =>
    reviewHost(host({ key: { productKey: labKey }, zones: [], ...changes }), programIndex()).map(
      ({ code, severity, path }) => `${severity} ${code} ${path}`,
    );
  const ssh = { host: "kms1", user: "admin", hostKeyFingerprint: "SHA256:a" };

  it("K26: are an error, in Azure and elsewhere, whoever manages the host", () => {
    for (const machine of [{ azureVmId: "/vms/kms" }, { ssh }]) {
      assert.deepEqual(codes({ machine, clientPrefixes: ["10.0.0.0/8"] }), ["error KMS2114 clientPrefixes"]);
      assert.deepEqual(codes({ machine, clientPrefixes: [], readOnly: true }), [
        "error KMS2114 clientPrefixes",
      ]);
      assert.deepEqual(codes({ machine }), []);
    }
    const [diagnostic] = reviewHost(
      host({
        key: { productKey: labKey },
        zones: [],
        machine: { ssh },
        clientPrefixes: ["10.0.0.0/8"],
        port: 1690,
      }),
      programIndex(),
    );
    assert.match(
      diagnostic.message,
      /no meaning for an existing machine.* Remove it, and allow TCP 1690 where/,
    );
  });

  it("K26: are no error for a machine that the package creates", () => {
    assert.deepEqual(codes({ machine: { create: {} }, clientPrefixes: ["10.0.0.0/8"] }), []);
  });
});
