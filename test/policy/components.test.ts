import assert from "node:assert/strict";
import { limits } from "../../provider/catalog/limits";
import { type ProgramToValidate, validate } from "../../provider/component/validate";
import {
  kmsHostsPerKey,
  kmsHostSupport,
  kmsRedundancy,
  kmsUnacknowledgedWarnings,
} from "../../provider/policy/components";
import type { DeclaredResource } from "../../provider/policy/declared-resource";
import { declared, group, host, labKey, readOnlyHost, review } from "./resources";

const keyGroup = "Volume License for Windows Server 2022";
const otherKey = "NNNNN-22222-NNNNN-33333-NNNNN";

describe("policy kms-hosts-per-key", () => {
  const hosts = (count: number, key: object = {}, values: object = {}) =>
    Array.from({ length: count }, (_, index) =>
      host(`kms${index + 1}`, { key: { keyGroup, productKey: labKey, ...key }, ...values }),
    );

  it("refuses the seventh host of a key (R132) and names the six", () => {
    assert.deepEqual(review(kmsHostsPerKey, hosts(limits.hostsPerKey)), []);
    assert.deepEqual(review(kmsHostsPerKey, hosts(limits.hostsPerKey + 1)), [
      "kms7: KMS8003 key.productKey: this is KMS host number 7 with the key ending in N2W2K, which may have 6: " +
        "kms1, kms2, kms3, kms4, kms5, kms6. Use another key, or let the existing hosts serve the clients; declare " +
        "an exception that Microsoft granted in the key as hostLimitException: { hosts, reference }.",
    ]);
  });

  it("counts a key in another spelling as the same, and another key apart", () => {
    const other = host("other", { key: { keyGroup, productKey: otherKey } });
    assert.deepEqual(review(kmsHostsPerKey, [...hosts(6), other]), []);
    const same = host("same", { key: { keyGroup, productKey: " nkmsn-wsnhn-r2n2p-nbxtn-n2w2k" } });
    assert.equal(review(kmsHostsPerKey, [...hosts(6), same]).length, 1);
  });

  it("keeps some in reserve when it is told", () => {
    const found = review(kmsHostsPerKey, hosts(4), { hostsPerKey: 2 });
    assert.deepEqual(
      found.map((text) => text.slice(0, 13)),
      ["kms3: KMS8003", "kms4: KMS8003"],
    );
  });

  it("takes Microsoft's exception (R134)", () => {
    const granted = { hostLimitException: { hosts: 8, reference: "case 1" } };
    const last = host("last", { key: { keyGroup, productKey: labKey, ...granted } });
    assert.deepEqual(review(kmsHostsPerKey, [...hosts(7), last]), []);
    assert.equal(review(kmsHostsPerKey, [...hosts(8), last]).length, 1);
  });

  it("counts the key of an Office version as well, with an exception of its own", () => {
    const officeKey = { office: "LTSC 2024", productKey: otherKey };
    const granted = { hostLimitException: { hosts: 7, reference: "case 1" } };
    const all = (count: number, change: object) =>
      hosts(count, granted, { officeKeys: [{ ...officeKey, ...change }] });
    assert.deepEqual(
      review(kmsHostsPerKey, all(7, {})).map((text) => text.slice(0, 38)),
      ["kms7: KMS8003 officeKeys[0].productKey"],
    );
    assert.deepEqual(review(kmsHostsPerKey, all(7, granted)), []);
  });

  it("says nothing of keys that are not known yet", () => {
    assert.deepEqual(review(kmsHostsPerKey, hosts(9, { productKey: undefined })), []);
  });
});

describe("policy kms-redundancy", () => {
  const [first, second] = [host("kms1"), host("kms2")];
  const ids = (count: number) => ({
    machines: { azureVmIds: Array.from({ length: count }, (_, index) => `/vm/${index}`) },
  });
  const created = (count: number) => ({ machines: { create: { count } } });

  it("wants a second host for more than 50 clients (R107), over all groups", () => {
    const { redundancyClients } = limits;
    const web = group("web", [first], created(30));
    const of = (count: number) => review(kmsRedundancy, [first, web, group("db", [first], ids(count))]);
    assert.deepEqual(of(redundancyClients - 30), []);
    assert.deepEqual(of(redundancyClients - 29), [
      "kms1: KMS8004 51 clients depend on this KMS host, and on fewer than 2 hosts in all; more than 50 clients need 2. " +
        "Add a KMSHost with the same key, and name it in hosts of the client groups.",
    ]);
  });

  it("says nothing of groups with two hosts", () => {
    const web = group("web", [first, second], created(500));
    assert.deepEqual(review(kmsRedundancy, [first, second, web]), []);
  });

  it("wants as many hosts as it is told, for as many clients", () => {
    const web = group("web", [first, second], created(500));
    const found = review(kmsRedundancy, [first, second, web], { hosts: 3, clients: 499 });
    assert.deepEqual(
      found.map((text) => text.slice(0, 24)),
      ["kms1: KMS8004 500 client", "kms2: KMS8004 500 client"],
    );
    assert.deepEqual(review(kmsRedundancy, [first, second, web], { hosts: 3, clients: 500 }), []);
  });

  it("counts machines over SSH, and leaves out those that Azure activates", () => {
    const machines = Array.from({ length: 51 }, (_, index) => ({ host: `web${index}` }));
    const overSsh = group("web", [first], { machines: { ssh: { machines } } });
    assert.equal(review(kmsRedundancy, [first, overSsh]).length, 1);
    const byAzure = group("web", [first], { ...created(51), azureKms: true });
    assert.deepEqual(review(kmsRedundancy, [first, byAzure]), []);
  });

  it("says nothing of a host that somebody else manages", () => {
    const central = readOnlyHost("central");
    assert.deepEqual(review(kmsRedundancy, [central, group("web", [central], created(51))]), []);
  });
});

describe("policy kms-host-support", () => {
  const hosts = [host("kms")];

  it("refuses an operating system from the day after its support (A-01)", () => {
    assert.deepEqual(review(kmsHostSupport, hosts, {}, { today: "2031-10-14" }), []);
    assert.deepEqual(review(kmsHostSupport, hosts, {}, { today: "2031-10-15" }), [
      "kms: KMS8005 os: support of Windows Server 2022 ends on 2031-10-14, and a KMS host must be supported until " +
        "2031-10-15. Move the host to a newer Windows Server, with a key group that it can host.",
    ]);
  });

  it("looks ahead as many days as it is told", () => {
    assert.deepEqual(review(kmsHostSupport, hosts, { daysLeft: 30 }, { today: "2031-09-14" }), []);
    assert.equal(review(kmsHostSupport, hosts, { daysLeft: 30 }, { today: "2031-09-15" }).length, 1);
  });

  it("says nothing of operating systems that are not known, and of hosts that somebody else manages", () => {
    const today = "2040-01-01";
    const unknown = [host("kms", { os: undefined }), host("odd", { os: "Windows Server 2023" })];
    assert.deepEqual(review(kmsHostSupport, unknown, {}, { today }), []);
    assert.deepEqual(review(kmsHostSupport, [readOnlyHost("central")], {}, { today }), []);
  });
});

describe("policy kms-unacknowledged-warnings", () => {
  const machine = {
    create: {
      resourceGroupName: "rg",
      subnetId:
        "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/kms",
      adminPassword: "Invented-Password-1",
    },
  };
  const zone =
    "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.Network";
  const kms = {
    key: { keyGroup, productKey: labKey },
    os: "Windows Server 2022",
    machine,
    clientPrefixes: ["10.20.0.0/16"],
    zones: [{ zoneName: "corp.example", azurePrivateZoneId: `${zone}/privateDnsZones/corp.example` }],
  };
  const central = { ...kms, key: { keyGroup }, readOnly: true, clientPrefixes: undefined };
  const readOnlyKms = {
    ...central,
    machine: { fqdn: "kms.corp.example" },
    zones: [{ zoneName: "corp.example" }],
  };
  const servers = { os: "Windows Server 2022", edition: "Datacenter" };
  const members = (count: number) => ({ machines: { create: { ...machine.create, count } } });

  /** The components of a program as the engine has them, with what the package reports about them. */
  function components(program: ProgramToValidate): DeclaredResource[] {
    const found = validate({ today: "2026-11-25", ...program });
    assert.deepEqual(
      found.filter(({ severity }) => severity === "error").map(({ message }) => message),
      [],
    );
    const component = (className: string) => (name: string) => {
      const diagnostics = found.filter(({ resource }) => resource === name);
      return declared(`windows-kms:index:${className}`, name, {}, { outputs: { diagnostics } });
    };
    return [
      ...Object.keys(program.hosts ?? {}).map(component("KMSHost")),
      ...Object.keys(program.groups ?? {}).map(component("KMSClientGroup")),
    ];
  }

  const codes = (resources: DeclaredResource[], configured: object = {}) =>
    review(kmsUnacknowledgedWarnings, resources, configured).map((text) =>
      text.replace(/^(\S+ \S+) .*?(KMS\d{4}).*$/, "$1 $2"),
    );

  it("repeats a warning with the code to acknowledge", () => {
    const late = components({ hosts: { kms }, today: "2031-10-15" });
    const [text, ...others] = review(kmsUnacknowledgedWarnings, late);
    assert.deepEqual(others, []);
    assert.match(text, /^kms: KMS8011 KMS2104 os: /);
    assert.match(
      text,
      / To accept it, set acknowledge: \[\{ code: "KMS2104", reason: "…" \}\] on this resource\.$/,
    );
    assert.doesNotMatch(text, /\.\./);
  });

  it("says nothing of a warning that is acknowledged, ignored or an error", () => {
    const today = "2031-10-15";
    const acknowledge = [{ code: "KMS2104", reason: "moved next week" }];
    assert.deepEqual(codes(components({ hosts: { kms: { ...kms, acknowledge } }, today })), []);
    const late = components({ hosts: { kms }, today });
    assert.deepEqual(codes(late, { ignore: ["KMS2104"] }), []);
    const strict = [{ code: "KMS2104", severity: "error", path: "os", message: "KMS2104 os: no." }];
    assert.deepEqual(codes([host("kms", {}, { outputs: { diagnostics: strict } })]), []);
  });

  it("says nothing of an error that the program acknowledged, which is a warning", () => {
    const diagnostics = [
      { code: "KMS2014", severity: "warning", path: "os", message: "KMS2014 os: no.", acknowledged: true },
    ];
    assert.deepEqual(codes([host("kms", {}, { outputs: { diagnostics } })]), []);
  });

  it("judges groups with the hosts of the stack", () => {
    const web = { hosts: ["kms"], ...servers, ...members(51) };
    assert.deepEqual(codes(components({ hosts: { kms }, groups: { web } })), ["web: KMS8011 KMS2209"]);
  });

  it("judges groups with a host that somebody else manages, whose count is not known here", () => {
    const web = { hosts: ["central"], ...servers, ...members(2) };
    assert.deepEqual(codes(components({ hosts: { central: readOnlyKms }, groups: { web } })), []);
    const few = { hosts: ["kms"], ...servers, ...members(2) };
    assert.deepEqual(codes(components({ hosts: { kms }, groups: { few } })), ["few: KMS8011 KMS2211"]);
  });

  it("tells a host and a group of one name apart", () => {
    const warning = { code: "KMS2209", severity: "warning", path: "", message: "KMS2209 no." };
    const kmsHost = host("same");
    const web = group("same", [kmsHost], {});
    const found = kmsUnacknowledgedWarnings.review(
      [kmsHost, { ...web, outputs: { diagnostics: [warning] } }],
      { ignore: [] },
      { today: "2026-11-25", isSharedBackend: () => false },
    );
    assert.deepEqual(
      found.map(({ urn }) => urn),
      [web.urn],
    );
  });

  it("says nothing of a component whose outputs are not known", () => {
    assert.deepEqual(codes([host("kms")]), []);
  });

  it("judges groups that Azure's own KMS activates", () => {
    const network = { defaultRoute: "VirtualNetworkGateway" as const };
    const web = { ...servers, ...members(2), azureKms: true, assume: { network } };
    assert.deepEqual(codes(components({ groups: { web } })), ["web: KMS8011 KMS2232"]);
  });
});
