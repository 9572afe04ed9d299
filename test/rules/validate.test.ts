import assert from "node:assert/strict";
import { groupDiagnostics } from "../../provider/rules/validate";
import { hostDiagnostics } from "../../provider/rules/validate";
import { programIndex } from "../../provider/rules/program-index";
import { brief, group, host, labKey, diagnosticsOf } from "./program";

describe("validate", () => {
  it("R002, R004: says before anything exists what is wrong with hosts and client groups, all at once", () => {
    const diagnostics = diagnosticsOf(
      [host({ name: "a", os: "Windows Server 2025" }), host({ name: "b", clientPrefixes: ["8.8.8.0/24"] })],
      [
        group({ name: "c", hosts: ["b"], count: 4 }),
        group({ name: "d", hosts: ["b"], edition: "Home", count: 0 }),
      ],
    );
    assert.deepEqual(brief(diagnostics), [
      "a error KMS2004 keyGroup",
      "b error KMS2102 clientPrefixes[0]",
      "c warning KMS2211 vms.count",
      "d error KMS2005 edition",
      "d warning KMS2211 vms.count",
    ]);
  });

  it("gives each diagnostic with resource, code, path and a message that begins with them", () => {
    assert.deepEqual(diagnosticsOf([host({ name: "kms", clientPrefixes: ["8.8.8.8"] })]), [
      {
        resource: "kms",
        code: "KMS2102",
        severity: "error",
        property: "clientPrefixes[0]",
        message:
          "KMS2102 clientPrefixes[0]: 8.8.8.8 lets the Internet reach the KMS port, but a KMS host belongs on the " +
          "own network. Give private address prefixes only, for example 10.20.0.0/16.",
      },
    ]);
  });

  it("does not depend on the order of declaration, except for who comes seventh", () => {
    const hosts = [host({ name: "a" }), host({ name: "b" })];
    const groups = [
      group({ name: "x", hosts: ["a"], count: 3 }),
      group({ name: "y", hosts: ["a", "b"], count: 9 }),
    ];
    const forwards = brief(diagnosticsOf(hosts, groups)).sort();
    const backwards = brief(diagnosticsOf([...hosts].reverse(), [...groups].reverse())).sort();
    assert.deepEqual(backwards, forwards);
  });

  it("says nothing of what is not known yet", () => {
    assert.deepEqual(diagnosticsOf([{ name: "kms" }], [{ name: "web", hosts: ["kms"] }]), []);
  });
});

describe("program index", () => {
  it("grows as facts become known, and what was worked out before is worked out again", () => {
    const index = programIndex();
    const kms = host({ productKey: labKey });
    const first = group({ name: "first", count: 4 });
    index.addHost(kms);
    index.addGroup(first);
    const codes = () => groupDiagnostics(first, index).map(({ code }) => code);
    assert.deepEqual(codes(), ["KMS2211"]);
    index.addGroup(group({ name: "second", count: 1 }));
    assert.deepEqual(codes(), []);
    assert.deepEqual(hostDiagnostics(kms, index), []);
  });

  it("is looked through in linear time, when all groups share one host and all hosts one key", () => {
    const looks = (size: number) => {
      let reads = 0;
      const counted = <Facts extends object>(facts: Facts) =>
        new Proxy(facts, {
          get(target, member) {
            reads += 1;
            return Reflect.get(target, member) as unknown;
          },
        });
      const names = Array.from({ length: size }, (_, n) => `g${n}`);
      const windows10 = { os: "Windows 10", edition: "Enterprise" };
      const office = { os: undefined, edition: undefined, office: "2019" };
      const groups = [{}, windows10, office].flatMap((changes, kind) =>
        names.map((name) => counted(group({ name: `${name}-${kind}`, count: 5, ...changes }))),
      );
      const hosts = names.map((name) => counted(host({ name: `host-${name}`, productKey: labKey })));
      diagnosticsOf([host({ office: ["2019"] }), ...hosts], groups);
      return reads;
    };
    const [few, many] = [looks(100), looks(400)];
    assert.ok(many <= 4.1 * few, `${few} reads of facts, then ${many}`);
  });
});
