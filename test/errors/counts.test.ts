import assert from "node:assert/strict";
import examples from "../../docs/generate/error-examples.json";
import { errorEntries, formatEntry } from "../../provider/errors/kms-error";

interface Example {
  property?: string;
  values?: Record<string, string | number>;
}

/** What a text must not have when its numbers are 1; `1 runs` is the name of a machine that does. */
const plurals =
  "machines|members|hosts|days|minutes|hours|weeks|activations|clients|items|attempts|records|keys|servers|groups|instances|zones|addresses";

describe("texts of errors with numbers", () => {
  for (const entry of errorEntries()) {
    const { property, values = {} } = (examples as Record<string, Example>)[entry.code];
    const numbers = Object.keys(values).filter((name) => typeof values[name] === "number");
    for (const number of numbers.length === 0 ? [] : [0, 1, 2]) {
      it(`${entry.code}: are right for ${number}`, () => {
        const given = { ...values, ...Object.fromEntries(numbers.map((name) => [name, number])) };
        const text = formatEntry(entry, { property, values: given });
        const wrong = number === 1 ? `\\b1 (KMS )?(${plurals})\\b|^\\S+ 1 of 1 \\w+ (are|have)\\b` : "(?!)";
        assert.doesNotMatch(text, new RegExp(wrong));
        assert.doesNotMatch(text, /\(\)|unknown date|undefined|NaN|\{\w/);
        if (number !== 1) {
          assert.doesNotMatch(text, /\b[02] (machine|member|host|day|minute|server|client|activation)\b/);
        }
      });
    }
  }
});
