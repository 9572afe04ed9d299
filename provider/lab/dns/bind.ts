import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { KmsError } from "../../errors/kms-error";
import { findNamed } from "./find-named";
import { type BindSettings, namedConf, zoneFile, zoneFileName } from "./named-conf";

/** A BIND server on loopback. */
export interface Bind {
  port: number;
  /** What the server logged. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts BIND with these zones and keys and waits until it serves them. Its files, which hold the keys, are left in the
 * folder. @throws KmsError KMS7031 when it does not start
 */
export async function startBind(settings: Omit<BindSettings, "port">): Promise<Bind> {
  const { folder, zones } = settings;
  const port = await freePort();
  const configFile = path.join(folder, "named.conf");
  const files = zones.map((zone) => [path.join(folder, zoneFileName(zone)), zoneFile(zone)] as const);
  await Promise.all(
    [[configFile, namedConf({ ...settings, port })] as const, ...files].map(([file, text]) =>
      writeFile(file, text, { mode: 0o600 }),
    ),
  );
  const child = spawn(findNamed() ?? "named", ["-g", "-c", configFile], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log = await running(child);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    }
  };
  return { port, log, stop };
}

/** A port that is free for UDP and TCP is not promised by anyone; one that TCP was just given nearly always is. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

const shownLogCharacters = 2_000;

async function running(child: ChildProcess): Promise<() => string> {
  let log = "";
  await new Promise<void>((resolve, reject) => {
    const fail = (cause?: Error) =>
      reject(new KmsError("KMS7031", { values: { log: log.slice(-shownLogCharacters).trim() }, cause }));
    child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
      log += chunk;
      if (/\brunning\n/.test(log)) {
        resolve();
      }
    });
    child.once("error", fail);
    child.once("exit", () => fail());
  });
  return () => log;
}
