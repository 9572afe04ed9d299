import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { statusText } from "../../../provider/cli/status/text";
import { takesColour } from "../../../provider/cli/status-command";
import { fleetReport } from "../../../provider/report/make-report";
import { component, exported, group, host, member, now, officeKey } from "../../report/exported";
import { reading } from "../../report/ledger";

const lines = (report: ReturnType<typeof fleetReport>, options = {}) =>
  statusText(report, options).split("\n");

describe("status in the terminal", () => {
  it("has hosts, keys, groups and a summary", () => {
    const failed = member("web-2", "Failed", { error: "KMS4011 no host", currentCount: undefined });
    const stack = exported(
      host("kms1", { currentCount: 3, drift: ["the port is 1689, not 1688"] }),
      group("web", [member("web-1", "Licensed"), failed], { machinesMissing: 2 }),
    );
    assert.deepEqual(lines(fleetReport(stack, [reading], now)), [
      "corp/prod, written 2026-11-25 19:40Z",
      "",
      "KMS host  computer name  license status  partial product key  current count  servers (5)  Windows clients (25)",
      "kms1      KMS1           Licensed        N2W2K                3              2 missing    22 missing",
      "  kms1: the port is 1689, not 1688",
      "",
      "KMS host key                            partial product key  hosts used  by",
      "Volume License for Windows Server 2022  N2W2K                4 of 6      KMS1 1/10, KMS2 2/10, OLD 3/10 retired",
      "",
      "client group web: 1 of 2 licensed, 1 failed; 2 machines missing for the threshold 5 (Windows Server 2022, Datacenter, kms.corp.example)",
      "  member  machine   status    partial product key  KMS host          current count  expires at         seen at",
      "  web-2   rg/web-2  Failed    6VM33                kms.corp.example                                    2026-11-25 19:25Z  KMS4011 no host",
      "  web-1   rg/web-1  Licensed  6VM33                kms.corp.example  12             2027-05-24 16:25Z  2026-11-25 19:25Z",
      "",
      "1 of 1 KMS hosts licensed; members: 1 of 2 licensed, 1 failed; next expiry 2027-05-24 16:25Z without renewal",
      "",
    ]);
  });

  it("is what the page about the command shows", () => {
    const error = "KMS4011 0xC004F074 The KMS host cannot be reached.";
    const failed = member("web-2", "Failed", { error, currentCount: undefined, kmsHost: undefined });
    const stack = exported(
      host("kms1", { currentCount: 12 }),
      group("web", [member("web-1", "Licensed"), failed]),
    );
    const page = readFileSync(path.join(__dirname, "../../../docs/status.md"), "utf8");
    const text = statusText(fleetReport(stack, [reading], now));
    assert.ok(page.includes(`\`\`\`\n${text}\`\`\`\n`), text);
  });

  it("has a row for each key of Office, with its own threshold, and says who is read-only", () => {
    const foreign = { readOnly: true, keyFingerprint: undefined, licenseStatus: "NotObserved" };
    const stack = exported(
      host("kms", { currentCount: 30 }),
      officeKey("kms", { currentCount: 2 }),
      host("named", {
        ...foreign,
        computerName: undefined,
        currentCount: undefined,
        partialProductKey: undefined,
      }),
    );
    const table = lines(fleetReport(stack, [], now)).slice(2, 6);
    assert.deepEqual(table, [
      "KMS host                computer name  license status  partial product key  current count  servers (5)  Windows clients (25)  Office (5)",
      "kms                     KMS            Licensed        N2W2K                30             reached      reached",
      "kms (Office LTSC 2024)  KMS            Licensed        NNN33                2                                                 3 missing",
      "named, read-only                       NotObserved",
    ]);
    const summary = "1 of 2 KMS hosts licensed; 1 not observed; members: 0 of 0 licensed";
    assert.ok(statusText(fleetReport(stack, [], now)).includes(summary));
  });

  it("shows errors and warnings of hosts and groups, and counts them", () => {
    const one = (severity: string, code: string) => ({
      code,
      severity,
      path: "os",
      message: `${code} os: no.`,
    });
    const stack = exported(
      component("KMSHost", "kms", { diagnostics: [one("error", "KMS2001"), one("info", "KMS6020")] }),
      component("KMSClientGroup", "web", { diagnostics: [one("warning", "KMS2209")] }),
    );
    const found = lines(fleetReport(stack, [], now));
    assert.ok(found.includes("  kms: error: KMS2001 os: no."), found.join("\n"));
    assert.ok(found.includes("  warning: KMS2209 os: no."));
    assert.ok(found.every((line) => !line.includes("KMS6020")));
    assert.match(
      found.join("\n"),
      /0 of 1 KMS hosts licensed; members: 0 of 0 licensed; 1 error, 1 warning\n$/,
    );
  });

  it("lists of a large group what needs attention, and everything with --all", () => {
    const members = Array.from({ length: 50 }, (_, index) =>
      member(`m${index}`, index < 30 ? "Failed" : "Licensed"),
    );
    const report = fleetReport(exported(group("web", members)), [], now);
    const rows = (options = {}) => lines(report, options).filter((line) => /^ {2}m\d/.test(line)).length;
    assert.equal(rows(), 20);
    assert.ok(lines(report).includes("  30 more: --all lists them"));
    assert.equal(rows({ all: true }), 50);
    assert.ok(!statusText(report, { all: true }).includes("more:"));
  });

  it("says so when a ledger could not be read, and counts no less than it knows", () => {
    const unread = { ...reading, document: undefined, error: "KMS6002 no such container" };
    const text = statusText(fleetReport(exported(host("kms")), [unread], now));
    assert.match(text, / at least 1 of 6 {2}/);
    assert.match(text, /^ {2}ledger file:\/\/\.\/kms-ledger: KMS6002 no such container$/m);
  });

  it("says that recorded expiries have passed, and that a stack has nothing", () => {
    const passed = exported(group("web", [member("a", "Licensed", { expiresAt: "2026-01-01T00:00Z" })]));
    assert.match(
      statusText(fleetReport(passed, [], now)),
      /recorded expiries that have passed: 1; run pulumi refresh\n$/,
    );
    assert.equal(
      statusText(fleetReport({ deployment: {} }, [], now)),
      "empty stack\n\nno KMS host and no client group in this stack\n",
    );
  });

  it("colours states and nothing else, and only when asked", () => {
    const report = fleetReport(
      exported(group("web", [member("a", "Failed"), member("b", "Licensed")])),
      [],
      now,
    );
    assert.ok(!statusText(report).includes("\u001b"));
    const coloured = statusText(report, { colour: true });
    assert.ok(coloured.includes("\u001b[31mFailed  \u001b[0m"));
    assert.ok(coloured.includes("\u001b[32mLicensed\u001b[0m"));
    assert.equal(stripVTControlCharacters(coloured), statusText(report));
  });

  it("is coloured on a terminal only, unless NO_COLOR is set", () => {
    assert.equal(takesColour({ isTTY: true }, {}), true);
    assert.equal(takesColour({ isTTY: true }, { NO_COLOR: "1" }), false);
    assert.equal(takesColour({ isTTY: true }, { TERM: "dumb" }), false);
    assert.equal(takesColour({}, {}), false);
  });

  it("lets no name of the stack reach the terminal's controls", () => {
    const evil = exported(
      host("k\u001b[2J"),
      group("g\u0007\r", [member("m\u001b]0;x\u0007", "Failed", { error: "e\u001b[1A" })]),
    );
    // eslint-disable-next-line no-control-regex -- Control characters are what it looks for.
    assert.ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(statusText(fleetReport(evil, [], now))));
  });
});
