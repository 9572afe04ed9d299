import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { changeCurrentLedger, currentLedger, moveLedger } from "../../provider/ledger/moved";
import { absoluteLedger, openLedger } from "../../provider/ledger/open-ledger";
import { changeLedger } from "../../provider/ledger/store";
import { retire } from "../../provider/ledger/transitions";
import { environmentVariables } from "../environment";
import { type Azurite, startAzurite } from "./azurite";
import { change, commit, key, machine, reserve } from "./ledgers";

const at = (day: number, stack = "prod") => change("kms", stack, `2026-01-0${day}T00:00:00Z`);
const { machineId } = machine(1);

/** The stores take their way in from the environment of the process. */
const variable = "AZURE_STORAGE_CONNECTION_STRING";

describe("ledger/moved", function () {
  this.timeout(60_000);
  const setVariables = environmentVariables();
  let azurite: Azurite;
  let folder: string;
  let opened = 0;

  before(async () => {
    azurite = await startAzurite();
    setVariables({ [variable]: azurite.env.AZURE_STORAGE_CONNECTION_STRING });
  });
  after(async () => {
    await azurite?.stop();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "kms-moved-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const file = (name: string) => pathToFileURL(join(folder, name)).href;
  const blob = () => {
    const { account, container } = azurite;
    return `azblob://${container}?storage_account=${account}&prefix=moved-${opened++}`;
  };
  const read = async (url: string) => (await openLedger(url).read(key.keyFingerprint))?.document;
  const hostsOf = async (url: string) => (await read(url))?.hosts.map(({ computerName }) => computerName);
  const activate = (url: string, index: number, day = index) =>
    changeLedger(openLedger(url), key, (document) =>
      commit(reserve(document, at(day), machine(index)), at(day), machine(index).machineId),
    );
  const move = (from: string, to: string, day = 8) => moveLedger({ from, to, machineId }, key, at(day));

  it("waits for who holds the former ledger no longer than anybody else, nor after the signal to stop", async () => {
    const [from, to] = [file("a"), file("b")];
    await activate(from, 1);
    const lock = join(folder, "a", `${key.keyFingerprint}.json.lock`);
    await writeFile(lock, "a-process process 7 on build-1\n");
    const moving = (options: object) => moveLedger({ from, to, machineId }, key, at(8), options);
    await assert.rejects(moving({ deadline: 0 }), { code: "KMS6006", message: /process 7 on build-1/ });
    const stopping = new AbortController();
    const work = moving({ signal: stopping.signal });
    await Promise.all([
      assert.rejects(work, { code: "KMS6027" }),
      setTimeout(50).then(() => stopping.abort()),
    ]);
    await rm(lock);
    await move(from, to);
    assert.deepEqual(await hostsOf(to), ["KMS01"]);
  });

  const places = {
    "one folder to another": () => [file("a"), file("b")],
    "a folder to a container": () => [file("a"), blob()],
    "a container to a folder": () => [blob(), file("b")],
  };
  for (const [title, urls] of Object.entries(places)) {
    it(`brings all that was spent of the key from ${title}, and leaves a sign`, async () => {
      const [from, to] = urls();
      await activate(from, 1);
      await activate(from, 2);
      await move(from, to);
      assert.deepEqual(await hostsOf(to), ["KMS01", "KMS02"]);
      assert.deepEqual(
        (await read(to))!.history.map(({ event, detail }) => `${event} ${detail ?? ""}`).slice(-1),
        [`moved from ${absoluteLedger(from)}`],
      );
      assert.equal((await read(from))!.movedTo, absoluteLedger(to));
      const current = await currentLedger(from, key.keyFingerprint);
      assert.deepEqual(current, { url: absoluteLedger(to), document: await read(to) });
      // What another state still writes to the former place goes to the new one.
      await changeCurrentLedger(from, key, (document) => retire(document, at(9), machine(2).machineId));
      assert.deepEqual(
        (await read(to))!.hosts.map(({ retiredAt }) => retiredAt),
        [undefined, at(9).at],
      );
    });
  }

  it("happens once, and adds to what the new place has", async () => {
    const [from, to] = [file("a"), file("b")];
    await activate(from, 1);
    await activate(to, 2);
    await move(from, to);
    const [once, left] = [await read(to), await read(from)];
    assert.deepEqual(await hostsOf(to), ["KMS02", "KMS01"]);
    await move(from, to);
    assert.deepEqual([await read(to), await read(from)], [once, left]);
  });

  it("is completed after it was cut off between the two places", async () => {
    const [from, to] = [file("a"), file("b")];
    await activate(from, 1);
    const untouched = (await openLedger(from).read(key.keyFingerprint))!.document;
    await move(from, to);
    await rm(join(folder, "a"), { recursive: true });
    await openLedger(from).write(key.keyFingerprint, untouched, undefined);
    await activate(from, 2);
    await move(from, to);
    assert.deepEqual(await hostsOf(to), ["KMS01", "KMS02"]);
    assert.equal((await read(from))!.movedTo, absoluteLedger(to));
  });

  it("does nothing where both URLs lead to the same place", async () => {
    await mkdir(join(folder, "a"));
    await symlink(join(folder, "a"), join(folder, "link"));
    const from = file("a");
    await activate(from, 1);
    await move(from, `file://${join(folder, "x", "..", "a")}`);
    assert.equal((await read(from))!.history.length, 2);
    await move(from, file("link"));
    await move(from, file("link"));
    assert.equal((await read(from))!.movedTo, undefined);
    assert.deepEqual(await hostsOf(from), ["KMS01"]);
    assert.deepEqual(
      (await read(from))!.history.map(({ event }) => event),
      ["reserved", "committed", "moved"],
    );
  });

  it("goes back the way it came, and no other way", async () => {
    const [from, to, third] = [file("a"), file("b"), file("c")];
    await activate(from, 1);
    await move(from, to);
    await assert.rejects(move(from, third), { code: "KMS6025" });
    await activate(to, 2);
    await move(to, from, 9);
    assert.equal((await read(from))!.movedTo, undefined);
    assert.equal((await read(to))!.movedTo, absoluteLedger(from));
    assert.deepEqual(await hostsOf(from), ["KMS01", "KMS02"]);
  });

  it("refuses a third ledger for a place that was left for another", async () => {
    const [from, to, third] = [file("a"), file("b"), file("c")];
    await activate(from, 1);
    await activate(third, 2);
    await move(from, to);
    await assert.rejects(move(third, from), { code: "KMS6025", message: /was moved to file:.*\/b/ });
    assert.equal((await read(third))!.movedTo, undefined);
  });
});
