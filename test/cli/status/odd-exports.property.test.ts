import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { kmsProgram } from "../../../provider/cli/program";
import { runCli } from "../../../provider/cli/run-cli";
import { statusPage } from "../../../provider/cli/status/page";
import { readLedgers } from "../../../provider/cli/status/stack";
import { statusText } from "../../../provider/cli/status/text";
import { type ExportedStack, wrongShape } from "../../../provider/report/exported-stack";
import { fleetReport } from "../../../provider/report/make-report";
import { exported, group, host, member, now, officeKey, secret } from "../../report/exported";

const control = "\u001b]0;owned\u0007\u009b31m\u202e\r\b";

/** What a stored value can be, whatever wrote it. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    "",
    "constructor",
    "__proto__",
    "2026-01-01 (odd)",
    -1,
    1e308,
    secret,
    control,
  ),
);

/** A stack of which some stored values, at any depth, are others. */
const oddStack = fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 6 }).map((changes) => {
  const stack = JSON.parse(
    JSON.stringify(
      exported(
        host("kms"),
        officeKey("kms"),
        group("web", [member("a", "Licensed"), member("b", "Pending", { kmsHost: "kms" })]),
      ),
    ),
  ) as ExportedStack;
  for (const [number, value] of changes) {
    const places = placesIn(stack);
    const [holder, name] = places[number % places.length];
    holder[name] = structuredClone(value);
  }
  return stack;
});

function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [
    [holder, name] as [Record<string, unknown>, string],
    ...placesIn(holder[name]),
  ]);
}

describe("status of an odd export", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "odd-exports-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("is a report, or the refusal of its shape, and prints nothing that steers a terminal", async () => {
    const file = path.join(folder, "stack.json");
    await fc.assert(
      fc.asyncProperty(oddStack, fc.constantFrom("--json", "--all"), async (stack, flag) => {
        writeFileSync(file, JSON.stringify(stack));
        let said = "";
        const write = (text: string) => void (said += text);
        const argv = ["status", "--file", file, "--cwd", folder, "--no-ledger", flag];
        const exitCode = await runCli(kmsProgram, argv, { writeOut: write, writeErr: write });
        assert.match(said, exitCode === 0 ? /^/ : /^error: KMS90\d\d /);
        assert.doesNotMatch(said, /[^\P{Cc}\n]|\p{Bidi_Control}|\[object |undefined|NaN/u);
        if (wrongShape(stack) === undefined && exitCode === 0) {
          const report = fleetReport(stack, [], now);
          statusText(report, { colour: true });
          assert.doesNotMatch(statusPage(report), /[^\P{Cc}\n]|\[object |undefined|NaN/u);
        }
      }),
      { numRuns: 300, seed: 20_261_129 },
    );
  });

  for (const [resource, reason] of [
    [null, "deployment.resources[1] is no resource"],
    [{ type: 5 }, "deployment.resources[1] is no resource"],
    [{ type: "windows-kms:index:KMSHost", urn: {} }, "deployment.resources[1] is no resource"],
    [{ type: "windows-kms:index:KMSHost", outputs: [] }, "deployment.resources[1] is no resource"],
  ] as const) {
    it(`is refused with ${JSON.stringify(resource)} as a resource`, () => {
      assert.equal(wrongShape(JSON.parse(JSON.stringify(exported(resource as never)))), reason);
    });
  }

  it("reads no file that a fingerprint names which is none", async () => {
    writeFileSync(path.join(folder, "elsewhere.json"), "read");
    const ledger = `file://${path.join(folder, "ledger")}`;
    for (const keyFingerprint of ["../elsewhere", "", 5, secret, `${"a".repeat(31)}/`]) {
      const readings = await readLedgers(exported(host("kms", { keyFingerprint, ledger })), folder);
      assert.deepEqual(readings, []);
    }
    const readings = await readLedgers(exported(host("kms", { ledger })), folder);
    assert.equal(readings.length, 1);
  });

  it("counts no members that it does not know", () => {
    const text = statusText(fleetReport(exported(host("kms"), group("web", secret)), [], now));
    assert.match(text, /^client group web: members are secret in this stack/m);
    assert.doesNotMatch(text, /client group web: 0 of 0/);
  });
});
