import assert from "node:assert/strict";
import { isSharedBackend } from "../../provider/component/program";

describe("whether others can update the stack from elsewhere", () => {
  it("is so in Pulumi's service, which has organizations", () => {
    assert.equal(isSharedBackend("acme", {}), true);
    assert.equal(isSharedBackend("organization", {}), false);
  });

  it("is told by the backend's URL where the environment has one", () => {
    for (const url of ["s3://states", "azblob://states", "gs://states", "https://api.pulumi.com"]) {
      assert.equal(isSharedBackend("organization", { PULUMI_BACKEND_URL: url }), true, url);
    }
    assert.equal(isSharedBackend("acme", { PULUMI_BACKEND_URL: "file:///states" }), false);
  });
});
