import assert from "node:assert/strict";
import Ajv from "ajv";
import type { ArgumentNode } from "../../provider/component/argument-node";
import { kmsClientGroupTree, kmsHostTree } from "../../provider/component/argument-tree.generated";
import schema from "../../provider/errors/errors.schema.json";
import registry from "../../provider/errors/errors.json";
import { errorEntries, errorEntry } from "../../provider/errors/kms-error";

/** What stands below a node under this name; a list is looked through. */
function memberOf(node: ArgumentNode | undefined, name: string): ArgumentNode | undefined {
  const inner = node?.kind === "list" ? node.items : node;
  return inner?.kind === "object" ? inner.members[name] : undefined;
}

const isArgument = (path: string) =>
  [kmsHostTree, kmsClientGroupTree].some(
    (tree) => path.split(".").reduce<ArgumentNode | undefined>(memberOf, tree) !== undefined,
  );

const namesIn = (node: ArgumentNode): string[] =>
  node.kind === "list"
    ? namesIn(node.items)
    : node.kind === "object"
      ? Object.entries(node.members).flatMap(([name, member]) => [name, ...namesIn(member)])
      : [];
const argumentNames = new Set([kmsHostTree, kmsClientGroupTree].flatMap(namesIn));
/** What a text gives a value as well: options of Pulumi, a parameter of a policy, and an example in brackets. */
const otherNames = new Set(["dependsOn", "ignoreChanges", "protect", "sharedBackend", "hyphens"]);

/** Names of arguments of version 0.1. */
const formerNames =
  /\b(vms?\.\w+|srvRecords|dnsPublishing|privateZone|dnsUpdate|deadlineMinutes|batchSize|azureKmsRoutes|acceptUnlisted|convertFrom|officeVersions|KMSHost\.get)\b/;

describe("the registry of error codes", () => {
  it("fits its schema", () => {
    const valid = new Ajv().compile(schema);
    assert.ok(valid(registry), JSON.stringify(valid.errors));
  });

  it("has each code once, in order", () => {
    const codes = errorEntries().map(({ code }) => code);
    assert.equal(codes.length, registry.length);
    assert.deepEqual(codes, [...codes].sort());
  });

  for (const { code, message, fix } of errorEntries()) {
    const text = `${message} ${fix}`;

    it(`${code} names arguments that exist`, () => {
      const paths = text.match(/\b(key|machine|machines|assume|office|rollout|zones)(\.[a-z]\w*)+/g) ?? [];
      assert.deepEqual(
        paths.filter((path) => !isArgument(path)),
        [],
      );
      assert.doesNotMatch(text, formerNames);
      const set = [...text.matchAll(/\b([a-z]+[A-Z][A-Za-z]+|[a-z]+): (?:true|false|"|\d|\[)/g)];
      const names = set.map(([, name]) => name);
      assert.deepEqual(
        names.filter((name) => !argumentNames.has(name) && !otherNames.has(name)),
        [],
      );
    });

    it(`${code} lists nothing as "none", and closes its brackets`, () => {
      assert.doesNotMatch(text, /\bnone\b(?! can)|\(\)/);
      assert.equal(text.split("(").length, text.split(")").length);
    });
  }

  const advice: [string, RegExp[]][] = [
    [
      "KMS2223",
      [
        /Get-TargetEditions/,
        /on Server Core: ServerDatacenterCor/,
        /Standard Core can be converted to Datacenter Core only/,
        /asks for confirmation and restarts at once/,
        /An evaluation of Windows client cannot be converted: reinstall it/,
      ],
    ],
    ["KMS2107", [/since March 2023 all machines use/, /Allow both names/]],
    ["KMS5035", [/Application log of the host, source Security-SPP, or else .* Key Management Service/]],
    ["KMS2015", [/no KMS client setup key for \{os\}/]],
    ["KMS2002", [/https:\/\/learn\.microsoft\.com\/previous-versions\//]],
  ];
  for (const [code, patterns] of advice) {
    it(`${code} gives the advice of Microsoft's newest page`, () => {
      const { message, fix } = errorEntry(code)!;
      patterns.forEach((pattern) => assert.match(`${message} ${fix}`, pattern));
    });
  }

  it("gives the same advice for an evaluation copy that is declared and one that is found", () => {
    const fixOf = (code: string) => errorEntry(code)!.fix;
    assert.equal(fixOf("KMS4007"), fixOf("KMS2223"));
  });

  it("links no page that has moved", () => {
    assert.doesNotMatch(JSON.stringify(registry), /technet|docs\.microsoft\.com/);
  });
});
