import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { statusPage } from "../../../provider/cli/status/page";
import type { FleetReport } from "../../../provider/report/fleet-report";
import { fleetReport } from "../../../provider/report/make-report";
import { component, exported, group, host, member, now, secret } from "../../report/exported";
import { largeFleet } from "../../report/large-fleet";
import { reading } from "../../report/ledger";
import { findChromium, startChromium } from "./chromium";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const large = () => fleetReport(largeFleet(5000), [reading], now);

describe("page of the status in Chromium", function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;
  before(async function () {
    const chromium = findChromium();
    if (chromium === undefined) {
      this.skip();
    }
    browser = await startChromium(chromium);
    folder = mkdtempSync(path.join(tmpdir(), "status-page-"));
  });
  after(async () => {
    await browser?.close();
    rmSync(folder ?? "", { recursive: true, force: true });
  });

  /** Opens the page of a report; what it asks for, complains of or runs is collected. */
  async function open(report: FleetReport, options: Parameters<Browser["newPage"]>[0] = {}) {
    const file = path.join(folder, "status.html");
    writeFileSync(file, statusPage(report));
    const page = await browser.newPage(options);
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    const url = pathToFileURL(file).href;
    await page.goto(url);
    return {
      page,
      requests: requests.filter((other) => other !== url && !other.startsWith("data:")),
      complaints,
    };
  }

  const texts = (page: Page, selector: string) =>
    page
      .locator(selector)
      .evaluateAll((elements) => elements.map((one) => one.textContent!.replace(/\s+/g, " ").trim()));

  it("shows the fleet by status, counts against thresholds, hosts used and expiries", async () => {
    const { page, requests, complaints } = await open(large());
    assert.equal(await page.title(), "Volume activation of corp/prod");
    assert.deepEqual(await texts(page, ".tile"), [
      "KMS hosts licensed 2 of 2",
      "Members licensed 4737 of 5001",
      "Machines missing for a threshold 22",
      "Next expiry 2027-03-01 without renewal",
    ]);
    assert.deepEqual(await texts(page, ".legend li"), [
      "✓ 4737 Licensed 95 %",
      "… 95 Pending 2 %",
      "≠ 80 Drifted 2 %",
      "? 38 Unreachable 1 %",
      "✕ 51 Failed 1 %",
    ]);
    assert.deepEqual(await texts(page, ".columns .row-note"), [
      "✓ servers: 5 reached · ✓ Windows clients: 25 reached",
      "… servers: 2 missing of 5 · … Windows clients: 22 missing of 25",
    ]);
    assert.equal(await page.locator(".slot.used").count(), 4);
    assert.equal(await page.locator(".slot").count(), 6);
    assert.deepEqual(
      (await texts(page, ".columns .plain li")).at(-1),
      "OLD (retired): 3 of 10 activations acme/corp/prod",
    );
    const weeks = await page
      .locator("section:has(.histogram) tbody .number")
      .evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));
    assert.equal(
      weeks.reduce((sum, one) => sum + one, 0),
      4737,
    );
    assert.deepEqual([requests, complaints], [[], []]);
    await page.close();
  });

  it("draws bars as long as what they stand for", async () => {
    const { page } = await open(large(), { viewport: { width: 1000, height: 800 } });
    const width = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => element.getBoundingClientRect().width);
    const all = await width(".bar");
    assert.ok(Math.abs((await width(".bar rect.licensed")) / all - 4737 / 5001) < 0.005);
    const track = await width(".bullet .track");
    assert.ok(Math.abs((await width(".bullet .value")) / track - 50 / 60) < 0.005);
    await page.close();
  });

  it("keeps 5,000 members usable: a bounded file, parts that open one by one", async () => {
    const text = statusPage(large());
    assert.ok(Buffer.byteLength(text) < 2_000_000, `${Buffer.byteLength(text)} bytes`);
    const { page } = await open(large());
    assert.equal(await page.locator("tbody tr:has(.badge.failed)").count(), 51);
    const licensed = page.locator("details", { hasText: "Licensed members of web: 1 to 500 of 4737" });
    assert.equal(await licensed.locator("table").isVisible(), false);
    await licensed.locator("summary").click();
    assert.equal(await licensed.locator("table").isVisible(), true);
    assert.equal(await licensed.locator("tbody tr").count(), 500);
    await page.close();
  });

  it("does not grow without bounds, and says where the rest is", () => {
    const members = Array.from({ length: 30_000 }, (_, index) => member(`m${index}`, "Licensed"));
    const text = statusPage(fleetReport(exported(group("web", members)), [], now));
    assert.ok(Buffer.byteLength(text) < 4_000_000, `${Buffer.byteLength(text)} bytes`);
    assert.match(text, /20000 more members are in the output of status --all and --json/);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`has no violation that axe finds, ${colorScheme}`, async () => {
      const scheme = { colorScheme };
      for (const report of [
        fleetReport(largeFleet(600), [reading], now),
        hostile(),
        fleetReport(exported(), [], now),
      ]) {
        const { page } = await open(report, scheme);
        await page.evaluate(
          "document.querySelectorAll('details').forEach((one, index) => (one.open = index < 4))",
        );
        await page.evaluate(axe);
        const { violations } = await page.evaluate<{
          violations: { id: string; nodes: { html: string }[] }[];
        }>("axe.run({ resultTypes: ['violations'] })");
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
          [],
        );
        await page.close();
      }
    });
  }

  it("is no wider than a screen of 360 pixels", async () => {
    for (const report of [large(), hostile()]) {
      const { page } = await open(report, { viewport: { width: 360, height: 740 } });
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      await page.close();
    }
  });

  it("takes nothing of the stack for a part of the page", async () => {
    const { page, requests, complaints } = await open(hostile());
    assert.deepEqual([requests, complaints], [[], []]);
    assert.equal(await page.locator("script, img, iframe, a, section section").count(), 0);
    assert.equal(await page.locator("h2", { hasText: evil }).count(), 2);
    assert.ok((await texts(page, "tbody th")).includes(evil.replace(/\s+/g, " ")));
    await page.close();
  });

  it("shows no secret and no ciphertext", () => {
    const stack = exported(host("kms", { ssh: secret, foundOs: secret }), group("web", secret));
    const text = statusPage(fleetReport(stack, [], now));
    assert.ok(!text.includes("CIPHERTEXT"));
    assert.match(text, /The members are secret in this stack/);
  });

  it("says that a stack has nothing", async () => {
    const { page } = await open(fleetReport({ deployment: {} }, [], now));
    assert.deepEqual(await texts(page, "main"), [
      "Nothing here yet No KMS host and no client group in this stack.",
    ]);
    await page.close();
  });
});

const evil = `"'></style><script>alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(1)>${"x".repeat(200)}`;

function hostile(): FleetReport {
  return fleetReport(
    exported(
      host(evil, {
        foundOs: evil,
        keyGroup: evil,
        keyEnding: evil,
        partialProductKey: evil,
        computerName: evil,
        licenseStatus: evil,
        drift: [evil],
      }),
      group(
        evil,
        [
          member(evil, "Failed", {
            error: evil,
            partialProductKey: evil,
            kmsHost: evil,
            ssh: evil,
            scope: "",
          }),
        ],
        {
          hostNames: [evil],
        },
      ),
      component("KMSClientGroup", `${evil}2`, {
        diagnostics: [{ code: evil, severity: "error", path: evil, message: evil }],
      }),
    ),
    [{ ...reading, document: undefined, error: evil, url: evil }],
    now,
  );
}
