import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as constants from "../../provider/catalog/constants";
import schema from "../../provider/component/arguments.generated.json";
import { formats } from "../../scripts/arguments/formats";
import { generatedFiles } from "../../scripts/arguments/generate";
import { type Argument, checkedTags, readArguments } from "../../scripts/arguments/read-arguments";
import { argumentSchema } from "../../scripts/arguments/schema";
import { treeCode } from "../../scripts/arguments/tree";

const provider = path.resolve(__dirname, "../../provider");
const interfaces = readArguments([
  { name: "KMSHostArgs", file: path.join(provider, "host/args.ts") },
  { name: "KMSClientGroupArgs", file: path.join(provider, "group/args.ts") },
]);
const all = [...interfaces.values()].flatMap(({ name, members }) =>
  members.map((member) => ({ ...member, path: `${name}.${member.name}` })),
);
const tag = ({ tags }: Argument, name: string) => tags.find((one) => one.name === name)?.text;

describe("files derived from the interfaces of arguments", () => {
  for (const { path: file, text } of generatedFiles(provider)) {
    it(`${path.relative(provider, file)} is up to date`, () => {
      assert.equal(readFileSync(file, "utf8"), text);
    });
  }

  it("have every value of a closed set", () => {
    const sets = all.flatMap(({ type }) => (type.kind === "set" ? [type] : []));
    assert.ok(sets.length > 8);
    sets.forEach(({ name, values }) => {
      assert.deepEqual(values, Object.values((constants as Record<string, object>)[name] ?? {}), name);
    });
  });

  it("have words for what is allowed at each argument", () => {
    const words: string[] = [];
    JSON.stringify(schema, (key, value: unknown) => {
      const node = value as { type?: string; enum?: unknown; $ref?: string; description?: string } | null;
      if (
        typeof node === "object" &&
        node !== null &&
        (node.type ?? node.enum ?? node.$ref) !== undefined &&
        key !== "properties"
      ) {
        words.push(node.description ?? `none at ${key}`);
      }
      return value;
    });
    assert.ok(words.length > 150);
    assert.deepEqual(
      words.filter((text) => /^none at|undefined|NaN|^$/.test(text)),
      [],
    );
  });

  it("use every format", () => {
    const used = all.flatMap((one) => [
      tag(one, "format"),
      /^format (\w+)$/.exec(tag(one, "items") ?? "")?.[1],
    ]);
    assert.deepEqual(
      Object.keys(formats).filter((name) => !used.includes(name)),
      [],
    );
  });
});

describe("doc comments of the arguments", () => {
  it("are there for each interface and each argument", () => {
    assert.ok(all.length > 100);
    assert.deepEqual(
      all.filter(({ text }) => text === "").map((one) => one.path),
      [],
    );
    assert.deepEqual(
      [...interfaces.values()].filter(({ text }) => text === "").map(({ name }) => name),
      [],
    );
  });

  for (const one of all.filter((argument) => tag(argument, "integer") !== undefined)) {
    it(`of ${one.path} name its range`, () => {
      const [minimum, maximum] = (tag(one, "integer") ?? "").split(" ");
      assert.match(one.text, new RegExp(`\\b${minimum} to ${maximum}\\b`));
    });
  }

  it("of a secret say that it is kept secret", () => {
    const secrets = all.filter((one) => tag(one, "secret") !== undefined);
    assert.ok(secrets.length >= 8);
    secrets.forEach((one) => assert.match(one.text, /Kept secret/, one.path));
  });

  it("tell for each optional argument its default, or what it is a choice of", () => {
    const choice = /(Exactly|At least) one of/;
    const silent = all
      .filter((one) => !one.required && tag(one, "default") === undefined && !choice.test(one.text))
      .map((one) => one.path);
    // Members of a choice that the doc comment of the interface explains.
    assert.deepEqual(
      silent.filter(
        (name) =>
          !/^(KMSHostMachine|KMSClientMachines|KMSHostZone)Args\.|Args\.key$|SignInArgs\.user$/.test(name),
      ),
      [],
    );
  });
});

describe("the generator of arguments", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "arguments-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The interfaces of a file with these members of `ThingArgs`. */
  function read(members: string, more = "") {
    const file = path.join(folder, "args.ts");
    writeFileSync(
      file,
      `import type * as pulumi from "@pulumi/pulumi";\n${more}\nexport interface ThingArgs {\n${members}\n}\n`,
    );
    return readArguments([{ name: "ThingArgs", file }]);
  }
  const member = (text: string, more?: string) => {
    const { definitions } = argumentSchema(read(text, more)) as {
      definitions: { ThingArgs: { properties: { a: object }; required?: string[] } };
    };
    return definitions.ThingArgs.properties.a;
  };

  it("turns each tag into what is checked", () => {
    const checked: [string, object][] = [
      [
        "/** @minLength 2\n * @maxLength 9 */ a: pulumi.Input<string>",
        { minLength: 2, maxLength: 9, description: "2 to 9 characters" },
      ],
      ["/** @allowed a colour */ a?: pulumi.Input<string>", { description: "a colour" }],
      ["/** @format update */ a: pulumi.Input<string>", { pattern: "^KB[0-9]{6,7}$" }],
      [
        "/** @integer 1 5 */ a: pulumi.Input<number>",
        { type: "integer", minimum: 1, maximum: 5, description: "a whole number from 1 to 5" },
      ],
      [
        "/** @minItems 1\n * @uniqueItems\n * @items minLength 1 */ a: pulumi.Input<pulumi.Input<string>[]>",
        {
          minItems: 1,
          uniqueItems: true,
          items: { type: "string", minLength: 1, description: "a text that is not empty" },
        },
      ],
    ];
    for (const [text, expected] of checked) {
      assert.deepEqual({ ...member(text), ...expected }, member(text), text);
    }
    const tree = treeCode(read("/** @secret */ a: string;\n/** @known */ b: string;"), {
      thing: "ThingArgs",
    });
    assert.match(tree, /a: \{ kind: "value", secret: true \}/);
    assert.match(tree, /b: \{ kind: "value", known: true \}/);
    const covered = [
      "minLength",
      "maxLength",
      "allowed",
      "format",
      "integer",
      "minItems",
      "uniqueItems",
      "items",
      "secret",
      "known",
    ];
    assert.deepEqual([...checkedTags].sort(), covered.sort());
  });

  it("unwraps inputs, lists, records and interfaces at any depth", () => {
    const more =
      "interface Inner {\n/** @integer 0 9 */ n: pulumi.Input<number> }\ninterface Base { base?: pulumi.Input<boolean> }";
    const file = path.join(folder, "args.ts");
    writeFileSync(
      file,
      `import type * as pulumi from "@pulumi/pulumi";\n${more}\nexport interface ThingArgs extends Base { a: pulumi.Input<pulumi.Input<Inner>[]>; m?: pulumi.Input<Record<string, pulumi.Input<string>>> }\n`,
    );
    const { definitions } = argumentSchema(readArguments([{ name: "ThingArgs", file }])) as {
      definitions: Record<string, { properties: Record<string, object>; required?: string[] }>;
    };
    assert.deepEqual(Object.keys(definitions), ["Inner", "ThingArgs"]);
    const thing = definitions.ThingArgs;
    assert.deepEqual(thing?.required, ["a"]);
    assert.deepEqual(Object.keys(thing?.properties ?? {}), ["base", "a", "m"]);
    assert.deepEqual((thing?.properties.a as { items: object }).items, {
      $ref: "#/definitions/Inner",
      description: "{ n }",
    });
    assert.deepEqual((thing?.properties.m as { additionalProperties: object }).additionalProperties, {
      type: "string",
      description: "a text",
    });
  });

  it("refuses what nothing would check", () => {
    const wrong: [string, RegExp][] = [
      ["/** @minimum 1 */ a: pulumi.Input<number>", /ThingArgs\.a has a tag @minimum, which nothing reads/],
      ["a: pulumi.Input<number>", /ThingArgs\.a: a number needs @integer MINIMUM MAXIMUM/],
      ["/** @format colour */ a: pulumi.Input<string>", /ThingArgs\.a: there is no format colour/],
      ["/** @minLength many */ a: pulumi.Input<string>", /ThingArgs\.a: @minLength takes one whole number/],
      ["a: pulumi.Input<string | number>", /no type such as string \| number/],
    ];
    for (const [text, message] of wrong) {
      assert.throws(() => member(text), message, text);
    }
  });
});
