import assert from "node:assert/strict";
import fs from "node:fs/promises";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { mock } from "node:test";
import { fileURLToPath } from "node:url";
import { BlobServiceClient } from "@azure/storage-blob";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { ensureHost } from "../../provider/host/ensure";
import { retireHost } from "../../provider/host/retirement";
import { emptyLedger } from "../../provider/ledger/document";
import { lockPath } from "../../provider/ledger/file-lock";
import { openLedger } from "../../provider/ledger/open-ledger";
import { activationsSpent, hostInputs, hostKey, temporaryLedger, withHostLab } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import type { Arm } from "../lab/arm/arm-fixture";
import { type Azurite, startAzurite } from "../ledger/azurite";

/** A ledger that somebody else holds for as long as a test says. */
interface HeldLedger {
  url: string;
  /** Keeps everybody else from writing. @param onAttempt called when somebody tries */
  hold(onAttempt: () => void): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

const fingerprint = keyFingerprint(hostKey);

/** A folder, whose lock another process has. */
async function heldFolder(): Promise<HeldLedger> {
  const { url, remove } = await temporaryLedger();
  const lock = lockPath(path.join(fileURLToPath(url), `${fingerprint}.json`));
  return {
    url,
    remove,
    async hold(onAttempt) {
      await fs.writeFile(lock, "a-process-that-lives process 7 on build-1\n");
      const open = fs.open;
      const spy = mock.method(fs, "open", (...given: Parameters<typeof open>) => {
        if (given[0] === lock) {
          onAttempt();
        }
        return open(...given);
      });
      return async () => {
        spy.mock.restore();
        await fs.rm(lock);
      };
    },
  };
}

/** A container, in which another client has leased the blob. */
async function heldContainer(azurite: Azurite): Promise<HeldLedger> {
  const { account, container, env } = azurite;
  const [, endpoint = ""] = /BlobEndpoint=([^;]+)/.exec(env.AZURE_STORAGE_CONNECTION_STRING) ?? [];
  let onWrite = () => {};
  const proxy = createServer((incoming, outgoing) => {
    const onward = send(new URL(incoming.url ?? "", endpoint), {
      method: incoming.method,
      headers: incoming.headers,
    });
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
      if (incoming.method === "PUT") {
        onWrite();
      }
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  const variable = "AZURE_STORAGE_CONNECTION_STRING";
  process.env[variable] = env[variable].replace(new URL(endpoint).host, `127.0.0.1:${port}`);
  const prefix = `held-${port}`;
  const blob = BlobServiceClient.fromConnectionString(env[variable])
    .getContainerClient(container)
    .getBlockBlobClient(`${prefix}/${fingerprint}.json`);
  return {
    url: `azblob://${container}?storage_account=${account}&prefix=${prefix}`,
    async hold(onAttempt) {
      const lease = blob.getBlobLeaseClient();
      await lease.acquireLease(-1);
      onWrite = onAttempt;
      return async () => {
        onWrite = () => {};
        await lease.releaseLease();
      };
    },
    async remove() {
      delete process.env[variable];
      proxy.closeAllConnections();
      await new Promise<void>((resolve) => proxy.close(() => resolve()));
    },
  };
}

describe("the wait for a ledger that somebody else holds", function () {
  this.timeout(60_000);
  let azurite: Azurite;
  let arm: Arm;
  before(async () => {
    azurite = await startAzurite();
  });
  after(() => azurite.stop());
  withHostLab((lab) => (arm = lab.arm));

  for (const [where, make] of [
    ["a folder", heldFolder],
    ["a container of Azure Blob Storage", () => heldContainer(azurite)],
  ] as const) {
    describe(`in ${where}`, () => {
      let ledger: HeldLedger;
      beforeEach(async () => {
        ledger = await make();
      });
      afterEach(() => ledger.remove());

      const inputs = () => ({ ...hostInputs, ledger: ledger.url });
      const options = (signal?: AbortSignal) => ({ deadline: Date.now() + 300_000, signal });
      const activated = () => muted(() => ensureHost(inputs(), undefined, options()));
      const document = async () => (await openLedger(ledger.url).read(fingerprint))?.document;
      const isInterrupted = {
        name: "KmsError",
        code: "KMS6027",
        message:
          /^KMS6027 the wait for the ledger .* was given up because the command was interrupted\. Run `pulumi up` again\. /,
      };
      /** Interrupts work on the ledger as soon as it has been refused once. */
      async function interrupted(work: (signal: AbortSignal) => Promise<unknown>) {
        const stopping = new AbortController();
        const before = await document();
        const release = await ledger.hold(() => stopping.abort());
        try {
          await assert.rejects(
            muted(() => work(stopping.signal)),
            isInterrupted,
          );
        } finally {
          await release();
        }
        assert.deepEqual(await document(), before, "nothing is written");
      }

      it("ends at once before an activation, which is not begun", async () => {
        const key = {
          keyFingerprint: fingerprint,
          keyEnding: hostKey.slice(-5),
          keyGroup: hostInputs.keyGroup,
        };
        await openLedger(ledger.url).write(fingerprint, emptyLedger(key), undefined);
        await interrupted((signal) => ensureHost(inputs(), undefined, options(signal)));
        assert.deepEqual(await activationsSpent(arm), []);
        await activated();
        assert.deepEqual(await activationsSpent(arm), [1]);
      });

      it("ends at once where a host goes to another stack, which does so the next time", async () => {
        await activated();
        const stack = "organization/lab/renamed";
        const adopted = { ...inputs(), stack, adopt: true };
        await interrupted((signal) => ensureHost(adopted, undefined, options(signal)));
        await muted(() => ensureHost(adopted, undefined, options()));
        assert.equal((await document())?.hosts[0].stack, stack);
        assert.deepEqual(await activationsSpent(arm), [1]);
      });

      it("ends at once at a removal, which is repeated", async () => {
        const host = await activated();
        await interrupted((signal) => retireHost(host, options(signal)));
        await muted(() => retireHost(host, options()));
        assert.ok((await document())?.hosts[0].retiredAt !== undefined);
      });
    });
  }
});
