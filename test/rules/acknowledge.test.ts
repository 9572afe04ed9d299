import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { errorEntries, errorEntry } from "../../provider/errors/kms-error";
import { settle } from "../../provider/rules/acknowledge";
import { diagnostic } from "../../provider/rules/diagnostic";
import { azureMembers, brief, ofGroup } from "./program";

/** One warning (KMS2209) and one information (KMS2226). */
const changes = { machines: azureMembers(51) };
const reason = "one host is enough for this lab";

describe("the diagnostics of a resource", () => {
  it("are as the rules weigh them, unless the program says otherwise", () => {
    assert.deepEqual(brief(ofGroup(changes)), ["web warning KMS2209 hosts", "web info KMS2226 os"]);
  });

  it("that are warnings become errors with strict, which leaves information as it is", () => {
    const diagnostics = ofGroup({ ...changes, strict: true });
    assert.deepEqual(brief(diagnostics), ["web error KMS2209 hosts", "web info KMS2226 os"]);
    assert.match(diagnostics[0].message, /\(an error because strict is set\)$/);
  });

  it("that are warnings become information when they are acknowledged, with the reason, under strict as well", () => {
    for (const strict of [false, true]) {
      const diagnostics = ofGroup({ ...changes, strict, acknowledge: [{ code: "KMS2209", reason }] });
      assert.deepEqual(brief(diagnostics), ["web info KMS2209 hosts", "web info KMS2226 os"]);
      assert.match(diagnostics[0].message, /\(acknowledged: one host is enough for this lab\)$/);
      assert.deepEqual(
        diagnostics.map(({ acknowledged }) => acknowledged),
        [true, undefined],
      );
    }
  });

  it("that are errors become warnings when their code may be acknowledged, under strict as well", () => {
    for (const strict of [false, true]) {
      const acknowledge = [{ code: "KMS2013", reason: "tried with success" }];
      const [first] = ofGroup({ os: "Windows Server 2025", strict, acknowledge }).filter(
        ({ code }) => code === "KMS2013",
      );
      assert.equal(first.severity, "warning");
      assert.equal(first.acknowledged, true);
    }
  });

  it("of another resource are not touched", () => {
    const other = ofGroup(
      { ...changes, os: "Windows 10", edition: "Enterprise" },
      { acknowledge: [{ code: "KMS2209", reason }] },
    );
    assert.ok(brief(other).includes("web warning KMS2209 hosts"));
  });

  it("count again after the last day of their acknowledgement", () => {
    const warning = [diagnostic("KMS2209", "warning", "hosts", { given: 51, host: "kms", allowed: 50 })];
    const acknowledge = [{ code: "KMS2209", reason, until: "2027-03-31" }];
    const on = (today?: string, strict = false) =>
      settle(warning, { acknowledge, today, strict }).map(
        ({ severity, acknowledged }) => `${severity} ${acknowledged}`,
      );
    assert.deepEqual(on("2027-03-31"), ["info true"]);
    assert.deepEqual(on(), ["info true"]);
    assert.deepEqual(on("2027-04-01"), ["warning undefined"]);
    assert.deepEqual(on("2027-04-01", true), ["error undefined"]);
    const [ended] = settle(warning, { acknowledge, today: "2027-04-01" });
    assert.match(ended.message, /\(acknowledged until 2027-03-31: one host is enough for this lab\)$/);
  });
});

describe("an acknowledgement", () => {
  const codes = (acknowledge: { code: string; reason: string; until?: string }[], unknown?: Set<string>) =>
    settle([], { acknowledge, unknown }).map((one) => `${one.severity} ${one.code} ${one.path}`);

  it("names a code that exists", () => {
    const diagnostics = ofGroup({
      acknowledge: [
        { code: "KMS2209", reason },
        { code: "KMS9999", reason },
      ],
    });
    assert.deepEqual(brief(diagnostics), ["web error KMS2301 acknowledge[1].code"]);
    assert.match(diagnostics[0].message, /there is no code KMS9999/);
  });

  it("names a code that can be acknowledged, and does not silence another", () => {
    const acknowledge = [{ code: "KMS2002", reason }];
    const refused = ofGroup({ os: "Windows 3.1", acknowledge });
    assert.deepEqual(brief(refused), ["web error KMS2303 acknowledge[0].code", "web error KMS2002 os"]);
    assert.match(refused[0].message, /KMS2002 \(Unknown operating system\) cannot be acknowledged/);
  });

  it("has an end where it spends a host or an activation", () => {
    const code = "KMS6021";
    assert.deepEqual(codes([{ code, reason }]), ["error KMS2304 acknowledge[0].until"]);
    assert.deepEqual(codes([{ code, reason, until: "2027-03-31" }]), []);
    assert.deepEqual(codes([{ code, reason }], new Set(["acknowledge[0].until"])), []);
  });

  it("ends within a year where it spends a host or an activation, and has no effect otherwise", () => {
    const until = (last: string, code = "KMS6030") => {
      const found = diagnostic(code, "error", "key", { machine: "KMS1", ending: "N2W2K", left: "" });
      const acknowledge = [{ code, reason, until: last }];
      return settle([found], { acknowledge, today: "2027-03-31" }).map(
        ({ code: is, severity }) => `${severity} ${is}`,
      );
    };
    assert.deepEqual(until("2028-03-31"), ["warning KMS6030"]);
    assert.deepEqual(until("2028-04-01"), ["error KMS2305", "error KMS6030"]);
    assert.deepEqual(until("9999-12-31"), ["error KMS2305", "error KMS6030"]);
    assert.deepEqual(until("9999-12-31", "KMS2013"), ["warning KMS2013"]);
    const [late] = settle([], {
      acknowledge: [{ code: "KMS6030", reason, until: "9999-12-31" }],
      today: "2027-03-31",
    });
    assert.match(
      late.message,
      /ends on 9999-12-31, more than a year from now.*an until of 2028-03-31 or earlier/,
    );
    assert.equal(late.path, "acknowledge[0].until");
  });

  it("is possible for whatever is reported as a warning or as information", () => {
    const possible = new Set(
      errorEntries().flatMap(({ code, acknowledge }) => (acknowledge === "no" ? [] : [code])),
    );
    const folders = ["rules", "component"].map((room) => path.join(__dirname, "../../provider", room));
    const sources = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".ts"))
        .map((name) => readFileSync(path.join(folder, name), "utf8")),
    );
    const reported = sources.flatMap((text) =>
      [...text.matchAll(/diagnostic\(\s*"(KMS\d{4})",\s*"(?:warning|info)"/g)].map(([, code]) => code),
    );
    assert.ok(reported.length > 30);
    assert.deepEqual(
      reported.filter((code) => !possible.has(code)),
      [],
    );
  });

  it("is possible for errors that may be right in a special case, and for no others", () => {
    const kindOf = (code: string) => errorEntry(code)?.acknowledge;
    for (const code of ["KMS2013", "KMS2014", "KMS2102", "KMS2222", "KMS2239", "KMS4015"]) {
      assert.equal(kindOf(code), "yes", code);
    }
    for (const code of ["KMS1003", "KMS2002", "KMS2101", "KMS2203", "KMS2206", "KMS6010"]) {
      assert.equal(kindOf(code), "no", code);
    }
  });
});
