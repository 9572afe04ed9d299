import assert from "node:assert/strict";
import { programIndex } from "../../provider/rules/program-index";
import { groupDiagnostics, hostDiagnostics } from "../../provider/rules/rules";
import { diagnosticsOf, group, host, labKey, members } from "./program";

describe("the index of a program", () => {
  it("grows as facts become known, and what was worked out before is worked out again", () => {
    const index = programIndex();
    const kms = host({ key: { productKey: labKey } });
    const first = group({ name: "first", machines: members(4) });
    index.addHost(kms);
    index.addGroup(first);
    const codes = () => groupDiagnostics(first, index).map(({ code }) => code);
    assert.deepEqual(codes(), ["KMS2211"]);
    index.addGroup(group({ name: "second", machines: members(1) }));
    assert.deepEqual(codes(), []);
    assert.deepEqual(hostDiagnostics(kms, index), []);
  });

  it("is read in linear time, when all groups share one host and all hosts one key", () => {
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
      const office = { os: undefined, edition: undefined, office: { version: "2019" } };
      const groups = [{}, windows10, office].flatMap((changes, kind) =>
        names.map((name) => counted(group({ name: `${name}-${kind}`, machines: members(5), ...changes }))),
      );
      const hosts = names.map((name) => counted(host({ name: `host-${name}`, key: { productKey: labKey } })));
      diagnosticsOf([host({ officeKeys: [{ office: "2019" }] }), ...hosts], groups);
      return reads;
    };
    const [few, many] = [looks(100), looks(400)];
    assert.ok(many <= 4.1 * few, `${few} reads of facts, then ${many}`);
  });
});
