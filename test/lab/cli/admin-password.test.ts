import assert from "node:assert/strict";
import fc from "fast-check";
import { adminPassword } from "../../../provider/lab/cli/admin-password";

describe("adminPassword", () => {
  it("has every kind of character that Azure asks for, whatever is drawn", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (draws) => {
        const password = adminPassword((below) => (draws.next().value as number) % below);
        assert.equal(password.length, 24);
        for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[-_.+]/]) {
          assert.match(password, kind);
        }
      }),
    );
  });

  it("is another one each time", () => {
    assert.notEqual(adminPassword(), adminPassword());
  });
});
