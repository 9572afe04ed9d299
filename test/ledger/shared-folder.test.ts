import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openLedger } from "../../provider/ledger/open-ledger";
import { forkActivation, ready } from "./contend";
import { key } from "./ledgers";

const team = 40_001;
const isAdministrator = process.getuid?.() === 0;

/** Users of a team, each with habits of his own about what others may read. */
const open = `002 40002 ${team}`;
const closed = `077 40003 ${team}`;

describe("a ledger in a folder that two users share", function () {
  this.timeout(120_000);
  let root: string;
  let folder: string;
  let children: ChildProcess[];

  beforeEach(async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    children = [];
    root = await mkdtemp(join(tmpdir(), "kms-shared-"));
    await chmod(root, 0o755);
    folder = join(root, "ledger");
    await mkdir(folder);
    if (isAdministrator) {
      await chown(folder, 0, team);
    }
    await chmod(folder, 0o2770);
  });
  afterEach(async () => {
    children.forEach((child) => child.kill("SIGKILL"));
    await rm(root, { recursive: true });
  });

  const url = () => pathToFileURL(folder).href;
  const file = () => join(folder, `${key.keyFingerprint}.json`);

  /** Lets each of these users activate one host at the same moment; @returns what went wrong for each, "" for nothing. */
  async function activate(users: string[], first = 1): Promise<string[]> {
    const started = users.map((TEST_USER, index) => forkActivation(url(), { TEST_USER }, first + index));
    children.push(...started);
    await Promise.all(started.map(ready));
    const results = started.map(async (child) => ((await once(child, "message")) as [string])[0]);
    started.forEach((child) => child.send("go"));
    return Promise.all(results);
  }

  it("keeps what both count at once, its mode, and its group", async () => {
    assert.deepEqual(await activate([open]), [""]);
    assert.deepEqual(await activate([closed, open, closed, open], 2), ["", "", "", ""]);
    const { mode, gid } = await stat(file());
    assert.equal(mode & 0o777, 0o664);
    if (isAdministrator) {
      assert.equal(gid, team);
    }
    assert.equal((await openLedger(url()).read(key.keyFingerprint))?.document.hosts.length, 5);
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json`]);
  });

  it("keeps the group of the team where new files get that of the user", async function () {
    if (!isAdministrator) {
      this.skip();
    }
    assert.deepEqual(await activate([open]), [""]);
    await chmod(folder, 0o777);
    const other = 40_009;
    assert.deepEqual(await activate([`022 40003 ${other},${team}`], 2), [""]);
    const { uid, gid, mode } = await stat(file());
    assert.deepEqual([uid, gid, mode & 0o777], [40_003, team, 0o664]);
  });

  it("is named, with the cause, to a user who may not read it", async function () {
    if (!isAdministrator) {
      this.skip();
    }
    assert.deepEqual(await activate([closed]), [""]);
    const [message] = await activate([open], 2);
    assert.match(message, /^KMS6002 cannot read or reliably write the ledger file:.*\/ledger: EACCES/);
    assert.equal((await stat(file())).mode & 0o777, 0o600);
  });
});
