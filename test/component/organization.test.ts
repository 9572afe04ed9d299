import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { organization } from "../../provider/component/program";

const mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };

describe("organization of the stack", () => {
  it("is what Pulumi tells", async () => {
    await pulumi.runtime.setMocks(mocks, "project", "stack", false, "acme");
    assert.equal(organization(), "acme");
  });

  it("is Pulumi's word for none where mocks name none", async () => {
    await pulumi.runtime.setMocks(mocks, "project", "stack", false);
    assert.equal(organization(), "organization");
  });
});
