import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createArmServer } from "../../../provider/lab/arm/server";
import type { LabAddress } from "../../../provider/lab/service/environment";
import {
  findRunningLab,
  isThere,
  readLabState,
  removeLabState,
  stateFile,
  writeLabState,
} from "../../../provider/lab/service/running-lab";

const id = "11111111-2222-4333-8444-555555555555";

const address = (arm: string): LabAddress => ({
  arm,
  azureNative: 4712,
  pid: 4713,
  id,
  startedAt: "2026-01-01T00:00:00.000Z",
  subscriptionId: "subscription",
  otherSubscriptionId: "other",
  tenantId: "tenant",
  environment: {},
});

describe("the running lab", () => {
  let folder: string;
  let server: Server | undefined;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "running lab-"));
  });
  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
    rmSync(folder, { recursive: true });
  });

  async function listen(listener: RequestListener): Promise<string> {
    server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("is found while it answers by its identity", async () => {
    const lab = await createArmServer({ subscriptionId: "s", tenantId: "t", id });
    try {
      const expected = address(lab.endpoint);
      await writeLabState(stateFile(folder), expected);
      assert.deepEqual(await findRunningLab(folder), expected);
      assert.equal(await isThere({ ...expected, id: "another" }), false);
    } finally {
      await lab.close();
    }
    assert.equal(await findRunningLab(folder), undefined);
  });

  it("is not what has its port by now", async () => {
    const arm = await listen((_request, response) => response.end("<html>hello</html>"));
    await writeLabState(stateFile(folder), address(arm));
    assert.equal(await findRunningLab(folder), undefined);
  });

  it("fails with KMS7064 when what has its port does not answer", async () => {
    const arm = await listen(() => undefined);
    await assert.rejects(isThere(address(arm), 50), {
      code: "KMS7064",
      message: new RegExp(
        `^KMS7064 what listens on ${arm} does not answer, and the lab was there with process 4713\\. If`,
      ),
    });
  });

  it("has a state that only its owner reads", async () => {
    await writeLabState(stateFile(folder), address("http://127.0.0.1:9"));
    if (process.platform !== "win32") {
      assert.equal(statSync(stateFile(folder)).mode & 0o777, 0o600);
    }
  });

  it("leaves the state of another lab", async () => {
    const state = address("http://127.0.0.1:9");
    await writeLabState(stateFile(folder), state);
    await removeLabState(stateFile(folder), "another");
    assert.deepEqual(await readLabState(stateFile(folder)), state);
    await removeLabState(stateFile(folder), id);
    assert.equal(await readLabState(stateFile(folder)), undefined);
  });

  for (const text of ["", "{", "null", "[]", '{"id":"x","arm":"y"}']) {
    it(`fails with KMS7066 when its state is ${text || "empty"}`, async () => {
      writeFileSync(stateFile(folder), text);
      await assert.rejects(findRunningLab(folder), {
        code: "KMS7066",
        message: /^KMS7066 .*lab\.json cannot be used for the lab: .*Correct or remove it/,
      });
    });
  }
});
