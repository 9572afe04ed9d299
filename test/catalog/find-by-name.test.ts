import assert from "node:assert/strict";
import { nearest } from "../../provider/catalog/find-by-name";

describe("nearest", () => {
  const names = ["productKey", "keyGroup", "port", "os", "srvRecords"];

  it("finds a slip of the pen, whatever the case", () => {
    assert.deepEqual(nearest("prodctKey", names), ["productKey"]);
    assert.deepEqual(nearest("KEYGROUP", names), ["keyGroup"]);
    assert.deepEqual(nearest("ports", names), ["port"]);
  });

  it("gives the best first and three at most", () => {
    assert.deepEqual(nearest("abcdef", ["abcdxy", "abcdex", "abcdef", "abcdey"]), [
      "abcdef",
      "abcdex",
      "abcdey",
    ]);
  });

  it("gives nothing when nothing is close", () => {
    assert.deepEqual(nearest("subnet", names), []);
    assert.deepEqual(nearest("", names), []);
  });
});
