import assert from "node:assert/strict";
import fc from "fast-check";
import { KmsError } from "../../provider/errors/kms-error";
import { decodeAnswer, decodePlan, encodeAnswer, encodePlan } from "../../provider/machine/licensing-script";
import { installAnswer, installPlan, labKey } from "./plans";

const scalar = fc.oneof(fc.string({ unit: "binary" }), fc.integer({ min: 0, max: 0xffffffff }), fc.boolean());
const properties = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,20}$/), fc.option(scalar), {
  noNullPrototype: true,
});

const unusable = (reason: RegExp) => (error: unknown) =>
  error instanceof KmsError && error.code === "KMS3008" && reason.test(error.message);

describe("machine/licensing-script", () => {
  it("reads every plan that it wrote, in characters that survive a command line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (given) => {
        const plan = {
          ...installPlan,
          operations: [{ id: "a", on: "service" as const, method: "M", arguments: { Name: given } }],
        };
        assert.match(encodePlan(plan), /^[A-Za-z0-9+/=]+$/);
        assert.deepEqual(decodePlan(encodePlan(plan)), JSON.parse(JSON.stringify(plan)));
      }),
    );
  });

  it("reads every answer that the script prints, in ASCII and wherever a console breaks the line", () => {
    fc.assert(
      fc.property(properties, properties, fc.integer({ min: 1, max: 200 }), (service, product, width) => {
        const answer = JSON.parse(JSON.stringify({ ...installAnswer, service, product }));
        const text = encodeAnswer(answer);
        assert.match(text, /^[\x20-\x7e]+$/);
        const wrapped = text.replace(new RegExp(`.{${width}}`, "g"), "$&\r\n");
        assert.deepEqual(decodeAnswer(text, "kms1"), answer);
        assert.deepEqual(decodeAnswer(`Welcome\r\n${wrapped}\r\n`, "kms1"), answer);
      }),
    );
  });

  it("refuses any cut answer", () => {
    const text = encodeAnswer(installAnswer);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length - 1 }), (length) => {
        assert.throws(
          () => decodeAnswer(text.slice(length), "kms1"),
          unusable(/kms1 returned no usable answer/),
        );
        assert.throws(
          () => decodeAnswer(text.slice(0, length), "kms1"),
          unusable(/kms1 returned no usable answer/),
        );
      }),
    );
  });

  it("names the member that is wrong", () => {
    const wrong = (part: object) => JSON.stringify({ ...installAnswer, ...part });
    const cases: [string, string][] = [
      [wrong({ version: 2 }), "version"],
      [wrong({ operations: [{ id: "a", result: "maybe" }] }), "operations"],
      [wrong({ operations: [{ id: "a", result: "failed", hresult: "0xc004f038" }] }), "operations"],
      [wrong({ machine: { ...installAnswer.machine, utc: "yesterday" } }), "machine"],
      [wrong({ product: { LicenseStatus: [1] } }), "product"],
      [wrong({ events: null }), "events"],
    ];
    for (const [text, member] of cases) {
      assert.throws(() => decodeAnswer(text, "kms1"), unusable(new RegExp(`member ${member} is`)));
    }
  });

  it("shows the end of an unusable output, without the key", () => {
    const output = `${"x".repeat(4000)} cannot install ${labKey.slice(3)} or ${labKey}`;
    assert.throws(
      () => decodeAnswer(output, "kms1", [labKey]),
      (error: unknown) => {
        assert.ok(error instanceof KmsError);
        assert.match(error.message, /cannot install BN-\*{5}-\*{5}-\*{5}-LAB22 or \*{5}-LAB22/);
        assert.ok(error.message.length < 600);
        return true;
      },
    );
    assert.throws(() => decodeAnswer("", "kms1"), unusable(/its output ends with: nothing/));
  });
});
