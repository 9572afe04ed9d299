import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { changedInputs, type Comparisons } from "../../provider/engine/changes";

interface Inputs {
  zone?: { name: string; servers: string[] };
  port?: number;
  productKey?: string;
}

const comparisons: Comparisons<keyof Inputs, Inputs & { keyEnding: string }, Inputs> = {
  zone: "compare",
  port: "compare",
  productKey: {
    because: "it is not stored",
    changed: (olds, news) => news.productKey?.slice(-5) !== olds.keyEnding,
  },
};
const olds = { zone: { name: "corp.example", servers: ["a", "b"] }, port: 1688, keyEnding: "N4N4K" };
const news: Inputs = {
  zone: { name: "corp.example", servers: ["a", "b"] },
  port: 1688,
  productKey: "NKMSN-N4N4K",
};
const changed = (changes: object) => changedInputs(olds, { ...news, ...changes }, comparisons);

describe("changed inputs of a resource", () => {
  it("are none where each is what is stored, and what is only stored does not count", () => {
    assert.deepEqual(changed({}), []);
    assert.deepEqual(changed({ another: 1 }), []);
  });

  it("are named, at any depth", () => {
    assert.deepEqual(changed({ port: 1700 }), ["port"]);
    assert.deepEqual(changed({ zone: { name: "corp.example", servers: ["b", "a"] } }), ["zone"]);
    assert.deepEqual(changed({ port: 1700, zone: undefined }), ["zone", "port"]);
  });

  it("are those that are left out now, or given for the first time", () => {
    const { port: _port, ...without } = olds;
    assert.deepEqual(changed({ port: undefined }), ["port"]);
    assert.deepEqual(changedInputs(without, news, comparisons), ["port"]);
    assert.deepEqual(changedInputs(without, { ...news, port: undefined }, comparisons), []);
  });

  it("are those that are not known yet, also in part", () => {
    assert.deepEqual(changed({ port: pulumi.runtime.unknownValue }), ["port"]);
    assert.deepEqual(changed({ zone: { name: "corp.example", servers: pulumi.runtime.unknownValue } }), [
      "zone",
    ]);
  });

  it("are found as the exception says where they are no stored values", () => {
    assert.deepEqual(changed({ productKey: "NKMSN-NNNNN" }), ["productKey"]);
  });
});
