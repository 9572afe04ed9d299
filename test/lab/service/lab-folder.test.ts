import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { userEnvironment } from "../../../provider/lab/service/environment";
import {
  defaultStateFolder,
  keepRunFolder,
  labPassphrase,
  makeRunFolder,
  openLabFolder,
  removeRunFolders,
} from "../../../provider/lab/service/lab-folder";

const id = "11111111-2222-4333-8444-555555555555";

describe("folder of the lab on disk", () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), "lab folder-"));
    folder = path.join(root, "deep", "lab");
    await openLabFolder(folder);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("is its owner's alone", function () {
    if (process.platform === "win32") {
      this.skip();
    }
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  it("gives the folder of the last run to the next one, with stacks and ledger, and removes older ones", async () => {
    assert.equal(await keepRunFolder(folder, id), false);
    const [older, last] = [id.replace(/^1/, "2"), id.replace(/^1/, "3")];
    for (const [run, seconds] of [
      [older, 1_000],
      [last, 2_000],
    ] as const) {
      writeFileSync(path.join(await makeRunFolder(folder, run), "state", "kept"), run);
      utimesSync(path.join(folder, `run-${run}`), seconds, seconds);
    }
    assert.equal(await keepRunFolder(folder, id), true);
    assert.deepEqual(readdirSync(folder), [`run-${id}`]);
    assert.equal(readFileSync(path.join(folder, `run-${id}`, "state", "kept"), "utf8"), last);
    await makeRunFolder(folder, id);
  });

  it("fails with KMS7066 when others may write to it, or it cannot be made", async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    const open = path.join(root, "open");
    mkdirSync(open);
    chmodSync(open, 0o777);
    await assert.rejects(openLabFolder(open), {
      code: "KMS7066",
      message:
        /^KMS7066 .*open cannot be used for the lab: others may write to it\. Correct or remove it, or give another/,
    });
    writeFileSync(path.join(root, "file"), "");
    await assert.rejects(openLabFolder(path.join(root, "file", "lab")), {
      code: "KMS7066",
      message: /ENOTDIR/,
    });
  });

  it("keeps one passphrase, which only its owner reads", async () => {
    const passphrase = await labPassphrase(folder);
    assert.match(passphrase, /^[\w-]{32}$/);
    assert.equal(await labPassphrase(folder), passphrase);
    if (process.platform !== "win32") {
      assert.equal(statSync(path.join(folder, "passphrase")).mode & 0o777, 0o600);
    }
  });

  it("loses what runs left, and nothing else", async () => {
    await makeRunFolder(folder, id);
    for (const other of ["run-mine", "state", "run"]) {
      mkdirSync(path.join(folder, other));
    }
    await removeRunFolders(folder);
    assert.deepEqual(readdirSync(folder).sort(), ["run", "run-mine", "state"]);
  });

  it("has the stacks and the ledger of the environment", async () => {
    const lab = {
      arm: "http://127.0.0.1:4711",
      azureNative: 4712,
      pid: 4713,
      id,
      startedAt: "2026-01-01T00:00:00.000Z",
      subscriptionId: "subscription",
      otherSubscriptionId: "other",
      tenantId: "tenant",
      environment: { PULUMI_DEBUG_PROVIDERS: "azure-native:4712" },
    };
    const run = await makeRunFolder(folder, id);
    const environment = await userEnvironment(folder, lab);
    assert.equal(environment.PULUMI_DEBUG_PROVIDERS, "azure-native:4712");
    assert.equal(decodeURI(environment.PULUMI_BACKEND_URL), `file://${run}/state`);
    assert.equal(decodeURI(environment.PULUMI_WINDOWS_KMS_LAB_LEDGER), `file://${run}/ledger`);
    assert.equal(environment.PULUMI_CONFIG_PASSPHRASE, await labPassphrase(folder));
    assert.equal(environment.PULUMI_WINDOWS_KMS_LAB_DIR, folder);
    assert.ok(!("PULUMI_HOME" in environment), "plugins are the user's own");
    assert.ok(statSync(path.join(run, "state")).isDirectory());
  });
});

describe("folder of the lab", () => {
  const home = path.resolve("/home/ada");
  const below = (...parts: string[]) => path.join(home, ...parts, "pulumi-windows-kms", "lab");

  it("is below XDG_STATE_HOME, if that is absolute", () => {
    const absolute = path.resolve("/var/state");
    assert.equal(
      defaultStateFolder({ XDG_STATE_HOME: absolute }, "linux", home),
      path.join(absolute, "pulumi-windows-kms", "lab"),
    );
    for (const XDG_STATE_HOME of [undefined, "", "state"]) {
      assert.equal(defaultStateFolder({ XDG_STATE_HOME }, "linux", home), below(".local", "state"));
    }
  });

  it("is where macOS and Windows have it", () => {
    assert.equal(defaultStateFolder({}, "darwin", home), below("Library", "Application Support"));
    assert.equal(defaultStateFolder({}, "win32", home), below("AppData", "Local"));
    assert.equal(
      defaultStateFolder({ LOCALAPPDATA: "/local" }, "win32", home),
      path.join("/local", "pulumi-windows-kms", "lab"),
    );
  });
});
