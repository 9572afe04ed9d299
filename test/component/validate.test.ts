import assert from "node:assert/strict";
import { type ProgramToValidate, type ResourceDiagnostic, validate } from "../../provider/component/validate";
import { Edition, KeyGroup, OperatingSystem } from "../../provider/catalog/names.generated";
import { labKey } from "../rules/program";

const resources = "/subscriptions/s/resourceGroups/rg/providers";
const azureVmId = `${resources}/Microsoft.Compute/virtualMachines/vm`;
const subnetId = `${resources}/Microsoft.Network/virtualNetworks/vnet/subnets/hosts`;
const key = { keyGroup: KeyGroup.WindowsServer2022, productKey: labKey };
const os = OperatingSystem.WindowsServer2022;
const kms = { key, os, machine: { azureVmId } };
const fingerprint = `SHA256:${"a".repeat(43)}`;
const ssh = (count: number, prefix = "pc") => ({
  user: "admin",
  machines: Array.from({ length: count }, (_, index) => ({
    host: `${prefix}${index}`,
    hostKeyFingerprint: fingerprint,
  })),
});
const web = { hosts: ["kms"], os, edition: Edition.Datacenter, machines: { ssh: ssh(10) } };

const brief = (diagnostics: ResourceDiagnostic[]) =>
  diagnostics.map(({ resource, severity, code, path }) => `${resource} ${severity} ${code} ${path}`);

describe("validate", () => {
  it("takes the arguments of a program without a fault", () => {
    assert.deepEqual(validate({ hosts: { kms }, groups: { web } }), []);
    assert.deepEqual(validate({}), []);
  });

  it("reports 99,999 equal faults of any list once", () => {
    const many = <Item>(item: Item) => Array.from({ length: 99_999 }, () => item);
    const once = (program: object) => {
      const diagnostics = validate(program);
      const message = diagnostics.find(({ message }) =>
        message.includes(" The same applies to 99,998 more items: "),
      );
      assert.ok(message !== undefined && diagnostics.length < 10, `${diagnostics.length}`);
      return `${message.code} ${message.path}`;
    };
    assert.equal(once({ zones: many(5) }), "KMS1003 zones[0]");
    assert.equal(once({ resources: many(null) }), "KMS1003 resources[0]");
    const acknowledge = many({ code: "KMS9999", reason: "a lab" });
    assert.equal(once({ hosts: { kms: { ...kms, acknowledge } } }), "KMS2301 acknowledge[0].code");
    const unknown = many("other");
    assert.equal(once({ groups: { web: { ...web, hosts: unknown } } }), "KMS2242 hosts[0]");
  });

  it("R002, R004: reports before anything exists what is wrong with hosts and client groups, all at once", () => {
    const diagnostics = validate({
      hosts: {
        a: { ...kms, os: OperatingSystem.WindowsServer2025 },
        b: {
          key,
          os,
          machine: { create: { resourceGroupName: "rg", subnetId, adminPassword: "Lab-Passw0rd-Marker" } },
          clientPrefixes: ["8.8.8.0/24"],
        },
      },
      groups: {
        c: { ...web, hosts: ["b"], machines: { ssh: ssh(4) } },
        d: { ...web, hosts: ["b"], edition: "Home", machines: { ssh: ssh(1, "other") } },
        e: {
          ...web,
          hosts: ["b"],
          os: OperatingSystem.Windows10,
          edition: "Enterprise",
          machines: { ssh: ssh(9, "win") },
        },
      },
    });
    assert.deepEqual(brief(diagnostics), [
      "a error KMS2004 key.keyGroup",
      "b error KMS2102 clientPrefixes[0]",
      "d error KMS2005 edition",
      "e warning KMS2211 machines.ssh.machines",
    ]);
  });

  it("gives each diagnostic with resource, code, severity, path and a message that begins with them", () => {
    assert.deepEqual(validate({ hosts: { kms: { ...kms, clientPrefixes: ["8.8.8.8"] } } }).slice(1), [
      {
        resource: "kms",
        code: "KMS2102",
        severity: "error",
        path: "clientPrefixes[0]",
        message:
          "KMS2102 clientPrefixes[0]: 8.8.8.8 lets the Internet reach the KMS port, but a KMS host belongs on your " +
          "own network. Specify private address prefixes only, for example 10.20.0.0/16.",
      },
    ]);
  });

  it("checks the shape of the arguments first, and applies no rule to a resource that has none", () => {
    const diagnostics = validate({
      hosts: { kms: { ...kms, port: 0, os: "Windows 3.1" } },
      groups: { web: { ...web, canary: 3 } as typeof web },
    });
    assert.deepEqual(brief(diagnostics), ["kms error KMS1003 port", "web error KMS1001 canary"]);
  });

  it("says of what is missing that it is named and undefined", () => {
    const machine = { azureVmId: undefined, fqdn: undefined };
    const [error] = validate({ hosts: { kms: { ...kms, machine } } });
    assert.match(
      error.message,
      /^KMS1004 machine: .* machine\.azureVmId and machine\.fqdn are named in the program, but undefined: check the configuration or the output that they come from\.$/,
    );
    const [missing] = validate({ hosts: { kms: { ...kms, machine: undefined } } });
    assert.match(missing.message, /^KMS1002 machine: .* machine is named in the program, but undefined/);
  });

  it("does not report a host that has errors as one that is missing", () => {
    const diagnostics = validate({ hosts: { kms: { ...kms, port: 0 } }, groups: { web } });
    assert.deepEqual(brief(diagnostics), ["kms error KMS1003 port"]);
  });

  it("R005: reports a host that the program does not have, by its name", () => {
    const [error] = validate({ hosts: { kms }, groups: { web: { ...web, hosts: ["kms", "kms9"] } } });
    assert.equal(brief([error]).join(), "web error KMS2242 hosts[1]");
    assert.match(error.message, /the program has no KMSHost kms9\./);
    const [nameless] = validate({ hosts: { kms }, groups: { web: { ...web, hosts: [""] } } });
    assert.match(nameless.message, /the program has no KMSHost ""\./);
  });

  it("never shows a secret of another kind than the program should give", () => {
    const machine = { create: { resourceGroupName: "rg", subnetId, adminPassword: "short-1" } };
    const text = JSON.stringify(
      validate({ hosts: { kms: { key: { ...key, productKey: 12345 as unknown as string }, os, machine } } }),
    );
    assert.match(text, /adminPassword: a text of 7 characters is not allowed/);
    assert.doesNotMatch(text, /short-1|12345/);
  });

  it("reports what is no program at all, and throws nothing", () => {
    for (const given of [null, [], "kms", 7, () => 1, undefined]) {
      const diagnostics = validate({ hosts: { kms: given }, groups: { web: given } } as ProgramToValidate);
      assert.deepEqual(
        [...new Set(diagnostics.map(({ resource, severity }) => `${resource} ${severity}`))],
        ["kms error", "web error"],
      );
    }
    const zones = [{ zoneName: "corp.example", foreignTargets: [] }, null, {}];
    assert.deepEqual(brief(validate({ zones } as ProgramToValidate)), [
      " error KMS1003 zones[1]",
      " error KMS1003 zones[2]",
    ]);
  });

  it("reports a day of the review that no calendar has", () => {
    for (const today of ["2027-13-01", "tomorrow"]) {
      assert.deepEqual(brief(validate({ hosts: { kms }, groups: { web }, today })), [" error KMS1003 today"]);
    }
  });

  it("applies strict and acknowledge, with the day of the review", () => {
    const alone = { ...web, machines: { ssh: ssh(51) } };
    const of = (changes: object, today?: string) =>
      brief(validate({ hosts: { kms }, groups: { web: { ...alone, ...changes } }, today }));
    assert.deepEqual(of({}), ["web warning KMS2209 hosts"]);
    assert.deepEqual(of({ strict: true }), ["web error KMS2209 hosts"]);
    const acknowledge = [{ code: "KMS2209", reason: "a lab", until: "2027-03-31" }];
    assert.deepEqual(of({ strict: true, acknowledge }, "2027-03-31"), ["web info KMS2209 hosts"]);
    assert.deepEqual(of({ acknowledge }, "2027-04-01"), ["web warning KMS2209 hosts"]);
  });

  it("does not depend on the order of declaration, except for the host that comes seventh", () => {
    const hosts = Object.entries({ a: kms, b: { ...kms, machine: { azureVmId: `${azureVmId}2` } } });
    const groups = Object.entries({
      x: { ...web, hosts: ["a"], machines: { ssh: ssh(1) } },
      y: { ...web, hosts: ["a", "b"], machines: { ssh: ssh(3, "other") } },
    });
    const review = (reverse: boolean) =>
      brief(
        validate({
          hosts: Object.fromEntries(reverse ? [...hosts].reverse() : hosts),
          groups: Object.fromEntries(reverse ? [...groups].reverse() : groups),
        }),
      ).sort();
    assert.ok(review(false).length > 0);
    assert.deepEqual(review(true), review(false));
  });

  it("K45: says nothing of a provider's host of which only name and port are known", () => {
    const provider = { machine: { fqdn: "kms.provider.example" }, readOnly: true, port: 1688 };
    const clients = { hosts: ["provider"], os: OperatingSystem.WindowsServer2019, edition: "Standard" };
    const program = { groups: { servers: { ...clients, machines: { ssh: ssh(5) } } } };
    assert.deepEqual(validate({ hosts: { provider }, ...program }), []);
    const asFound = { groups: { servers: { hosts: ["provider"], machines: { ssh: ssh(5) } } } };
    assert.deepEqual(validate({ hosts: { provider }, ...asFound }), []);
  });

  it("knows the cloud of a group that Azure's own KMS activates", () => {
    const desktops = {
      azureKms: true,
      os: OperatingSystem.Windows11,
      edition: "Enterprise",
      machines: { azureVmIds: [azureVmId] },
    };
    assert.deepEqual(brief(validate({ groups: { desktops } })), ["desktops warning KMS2253 os"]);
    assert.deepEqual(validate({ groups: { desktops }, azureCloud: "usgovernment" }), []);
  });
});
