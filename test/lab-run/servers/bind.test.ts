import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freeLoopbackPort } from "../../loopback-port";
import { LabRunError } from "../lab-run-error";
import { hasNamed, skippedWithoutNamed, startNamed } from "../../srv/named";
import { startBind } from "./bind";

const zone = { name: "lab.example", access: "allow-update { none; };", records: ["kms IN A 192.168.1.1"] };

describe(`startBind${skippedWithoutNamed}`, function () {
  this.timeout(20_000);
  before(function () {
    if (!hasNamed) {
      this.skip();
    }
  });

  it("serves its zones on loopback", async () => {
    const named = await startNamed([zone]);
    try {
      assert.deepEqual(named.dig("kms.lab.example", "A"), ["192.168.1.1"]);
      assert.match(named.log(), /\brunning\n/);
    } finally {
      await named.stop();
    }
  });

  it("takes another port where something else has the first, for UDP alone as well", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "bind-test-"));
    const taken = createSocket("udp4").bind(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address();
    const ports = [port];
    try {
      const bind = await startBind({ folder, zones: [zone], keys: "" }, async () => {
        return ports.pop() ?? (await freeLoopbackPort());
      });
      await bind.stop();
      assert.notEqual(bind.port, port);
    } finally {
      taken.close();
      await rm(folder, { recursive: true });
    }
  });

  it("lets nobody else read the files that hold keys, and ends when it is stopped, also twice", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "bind-test-"));
    try {
      const bind = await startBind({ folder, zones: [zone], keys: "" });
      await bind.stop();
      await bind.stop();
      const files = (await readdir(folder)).sort();
      assert.ok(files.includes("named.conf") && files.includes("lab.example.zone"), files.join());
      assert.equal((await stat(path.join(folder, "named.conf"))).mode & 0o777, 0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("fails with the end of BIND's log when it does not start", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "bind-test-"));
    try {
      const starting = startBind({ folder, zones: [{ ...zone, access: "nonsense yes;" }], keys: "" });
      await assert.rejects(
        starting,
        (error) =>
          error instanceof LabRunError && error.code === "KMS7031" && error.message.includes("nonsense"),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
