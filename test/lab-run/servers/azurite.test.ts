import assert from "node:assert/strict";
import { findAzurite } from "./azurite";

describe("findAzurite", () => {
  it("gives the script of its blob server", () => {
    assert.match(findAzurite(), /azurite[\\/]dist[\\/]src[\\/]blob[\\/]main\.js$/);
  });

  it("fails when it is not installed, and keeps the cause", () => {
    const cause = new Error("Cannot find module");
    const none = () => {
      throw cause;
    };
    assert.throws(() => findAzurite(none), { code: "KMS7080", cause });
  });
});
