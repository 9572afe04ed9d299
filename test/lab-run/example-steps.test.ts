import assert from "node:assert/strict";
import { confirmationIds } from "./example-steps";

const telephone = { confirmInstallation: async (installationId: string) => `${installationId}9` };

describe("confirmationIds", () => {
  it("asks for each installation ID of the output, and keeps the keys", async () => {
    const outputs = { ids: { confirmationId: "123", officeConfirmationId: "456" }, other: {} };
    assert.deepEqual(await confirmationIds(telephone, "ids", outputs), {
      confirmationId: "1239",
      officeConfirmationId: "4569",
    });
  });

  it("refuses an output that is missing, empty, or holds something else", async () => {
    for (const ids of [undefined, {}, "123", null, { confirmationId: "" }, { a: "123", b: "[secret]" }]) {
      await assert.rejects(confirmationIds(telephone, "ids", { ids }), {
        code: "KMS7086",
        message: /^KMS7086 the stack output ids, .* is no object of installation IDs/,
      });
    }
  });
});
