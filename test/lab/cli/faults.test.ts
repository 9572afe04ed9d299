import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { faultFlag } from "../../../provider/lab/cli/arguments";
import { faultMembers } from "../../../provider/lab/control/faults";
import type { Arm } from "../arm/arm-fixture";
import { type RunningLab, startRunningLab } from "./running-lab";

describe("fault, the lab's command", () => {
  let arm: Arm;
  let lab: RunningLab;
  before(async () => {
    lab = await startRunningLab();
    ({ arm } = lab);
  });
  after(() => lab?.close());

  const fault = (...argv: string[]) => lab.run("fault", ...argv);
  const status = async () =>
    (await fetch(`${arm.endpoint}/subscriptions/x/resourcegroups?api-version=2024-03-01`)).status;

  it("makes the next requests fail, or none any more", async () => {
    const usual = await status();
    const { exitCode, out } = await fault("GET .*/resourcegroups", "--status", "429", "--times", "2");
    assert.deepEqual(
      [exitCode, out],
      [0, "the next 2 requests that match GET .*/resourcegroups meet the fault\n"],
    );
    assert.deepEqual([await status(), await status(), await status()], [429, 429, usual]);
    assert.equal(
      (await fault("GET", "--status", "500")).out,
      "the next request that matches GET meets the fault\n",
    );
    assert.equal((await fault("--clear")).exitCode, 0);
    assert.equal(await status(), usual);
  });

  it("takes every member of a fault", async () => {
    const options = Object.entries(faultMembers).flatMap(([member, { type, range: [least] = [1] }]) => [
      faultFlag(member),
      ...(type === "boolean" ? [] : [type === "number" ? String(least) : "Busy"]),
    ]);
    assert.equal((await fault("NOTHING", ...options)).exitCode, 0);
  });

  const refused: [argv: string[], reason: RegExp][] = [
    [[], /either a pattern, or --clear/],
    [["GET", "--clear"], /either a pattern, or --clear/],
    [["("], /It must be a regular expression/],
    [["GET", "--times", "some"], /It must be a whole number from 1 to 1000000/],
    [["GET", "--times", "0"], /It must be a whole number from 1 to 1000000/],
    [["GET", "--status", "99"], /It must be a whole number from 400 to 599/],
    [["GET", "--delay-milliseconds", "-1"], /It must be a whole number of at least 0/],
    [["GET", "--script-secs", "3"], /unknown option '--script-secs'/],
  ];
  for (const [argv, reason] of refused) {
    it(`fails with 2 when given ${JSON.stringify(argv)}`, async () => {
      const { exitCode, err } = await fault(...argv);
      assert.equal(exitCode, 2);
      assert.match(err, reason);
    });
  }

  it("has the options that the documentation lists, which do what it says", async () => {
    const page = await readFile(path.join(__dirname, "../../../docs/lab.md"), "utf8");
    const section = page.split("\n## ").find((text) => text.startsWith("Faults\n"))!;
    const rows = [...section.matchAll(/^\| `(--[^`]*)` +\| (.*?) +\|$/gm)].map(([, option, does]) => [
      option,
      does,
    ]);
    const values = { number: " <number>", string: " <text>", boolean: "" };
    assert.deepEqual(
      rows,
      Object.entries(faultMembers).map(([member, { type, does }]) => [
        `${faultFlag(member)}${values[type]}`,
        does,
      ]),
    );
  });
});
