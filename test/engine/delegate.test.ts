import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { delegate } from "../../provider/engine/delegate";

describe("the delegate in the state", () => {
  it("captures nothing but the name of the handlers' module", async () => {
    const { text } = await pulumi.runtime.serializeFunction(() => delegate, { allowSecrets: false });
    const required = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(required)], ["pulumi-windows-kms/bin/provider/handlers"]);
    assert.ok(text.length < 3000, `${text.length} characters`);
  });

  it("has every method, since a missing one loses outputs", () => {
    assert.deepEqual(Object.keys(delegate).sort(), ["check", "create", "delete", "diff", "read", "update"]);
  });
});
