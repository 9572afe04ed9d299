import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { inRepository } from "../../scripts/shared/repository.mjs";
import { argumentMembers } from "../docs/argument-members.mjs";
import { givenArguments } from "./given-arguments.mjs";

const files = readdirSync(inRepository("examples/max"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => inRepository("examples/max", name));

/** Every property of every schema of arguments, as the interface that declares it and its name. */
const allArguments = [
  ["KMSHostArgs", "kms-host-args.schema.json"],
  ["KMSHostLookupArgs", "kms-host-lookup-args.schema.json"],
  ["KMSClientGroupArgs", "kms-client-group-args.schema.json"],
].flatMap(([owner, file]) =>
  argumentMembers(owner, file).map(({ name, member }) => `${member.type.parent.parent.name.text}.${name}`),
);

describe("the example max", function () {
  this.timeout(60_000);

  it("gives every argument of the package at least once", () => {
    const given = givenArguments(files);
    const wanted = [...new Set(allArguments)];
    assert.ok(wanted.length > 130, `${wanted.length} arguments`);
    assert.deepEqual(
      wanted.filter((argument) => !given.has(argument)),
      [],
    );
  });

  it("has no file of 60 lines or more", () => {
    const lines = files.map((file) => [file, readFileSync(file, "utf8").trimEnd().split("\n").length]);
    assert.deepEqual(
      lines.filter(([, count]) => count >= 60),
      [],
    );
  });
});
