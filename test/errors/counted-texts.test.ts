import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const provider = path.resolve(__dirname, "../../provider");

const nouns =
  "members|machines|hosts|minutes|days|hours|lines|characters|prefixes|tags|records|times|attempts|clients|items|instances|seconds|labels|groups|keys|activations|reactivations|requests|resources|ports|zones";

/** A number that code puts before a noun in the plural. */
const uncounted = new RegExp(`\\$\\{[^\`{}]*(\\{[^{}]*\\}[^\`{}]*)*\\} (more )?(${nouns})\\b`, "g");

/** Numbers that are never 1, each with why. */
const neverOne: Record<string, string> = {
  "${limits.countWindowDays} days": "30, a limit of KMS",
  "${dnsPatienceMilliseconds / 60_000} minutes": "a constant",
  "${others} more items": "said of more than three",
  "${inside.length + 1} times": "at least one lies inside",
  "${count} prefixes": "more than Azure allows",
  "${count} tags": "more than Azure allows",
  "${count} records": "more than Azure allows",
  "${azureRules.tagValueLength.maximum} characters": "a rule of Azure",
  "${length} characters": "more than Azure allows",
  "${maximum} characters": "a rule of Azure",
  "${asked.length} hosts": "said of more than one",
  "${groupThreshold(group) - 1} machines": "4 or 24",
  "${number} hosts": "how many of the limit, in a picture",
  "${hosts} hosts": "what a ledger's history has, which is never written anew",
  "${activationsSpent + activationsLeft} activations": "10, or more as Microsoft granted them",
};

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory()
      ? entry.name === "lab"
        ? []
        : sources(file)
      : entry.name.endsWith(".ts")
        ? [file]
        : [];
  });
}

describe("texts that code puts together", () => {
  it("count things in words, where there may be one of them", () => {
    const found = sources(provider).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(uncounted)].map(([text]) => text),
    );
    assert.deepEqual(
      [...new Set(found)].filter((text) => !Object.keys(neverOne).some((known) => text.endsWith(known))),
      [],
      "use counted(number, noun)",
    );
  });

  it("would be found", () => {
    const isFound = (text: string) => text.match(uncounted) !== null;
    assert.ok(isFound("`after ${minutes} minutes`"));
    assert.ok(isFound("`${left.length} more machines`"));
    assert.ok(!isFound('`${counted(minutes, "minute")} were over`'));
  });
});
