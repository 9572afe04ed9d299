import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { freeLoopbackPort } from "../../loopback-port";
import { LabRunError } from "../lab-run-error";

/** A BIND server on loopback. */
export interface Bind {
  port: number;
  /** What the server logged. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts BIND with these zones and keys and waits until it serves them, on another port where something else has the
 * first. Its files, which hold the keys, are left in the folder. @throws LabRunError KMS7031 when it does not start
 */
export async function startBind(
  settings: Omit<BindSettings, "port">,
  nextPort: () => Promise<number> = freeLoopbackPort,
): Promise<Bind> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startBindOn(await nextPort(), settings);
    } catch (error) {
      if (attempt === attempts || !/creating IPv4 interface \S+ failed/.test((error as Error).message)) {
        throw error;
      }
    }
  }
}

const attempts = 5;

async function startBindOn(port: number, settings: Omit<BindSettings, "port">): Promise<Bind> {
  const { folder, zones } = settings;
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

const shownLogCharacters = 2_000;

async function running(child: ChildProcess): Promise<() => string> {
  let log = "";
  await new Promise<void>((resolve, reject) => {
    const fail = (cause?: Error) =>
      reject(new LabRunError("KMS7031", { values: { log: log.slice(-shownLogCharacters).trim() }, cause }));
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

/** Where servers are; the PATH of a user may lack it. */
const serverFolders = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];

/** BIND's server program on this machine, if it has one. */
export function findNamed(searchPath = process.env.PATH ?? ""): string | undefined {
  return [...searchPath.split(path.delimiter).filter(Boolean), ...serverFolders]
    .map((folder) => path.join(folder, "named"))
    .find((place) => existsSync(place));
}

/** A zone of a server. */
export interface BindZone {
  name: string;
  /** Its `update-policy` or `allow-update` statement. */
  access: string;
  /** Records besides those every zone has. @default - none */
  records?: string[];
}

/** What BIND is configured with. */
export interface BindSettings {
  /** Folder of its files. */
  folder: string;
  port: number;
  zones: BindZone[];
  /** Key statements: `key "NAME" { … };`. */
  keys: string;
}

/** Name of a zone's file in the folder. */
const zoneFileName = ({ name }: BindZone) => `${name}.zone`;

/** BIND's configuration: authoritative for its zones on loopback, and nothing besides. */
function namedConf({ folder, port, zones, keys }: BindSettings): string {
  const zoneStatements = zones.map(
    (zone) => `zone "${zone.name}" { type primary; file "${zoneFileName(zone)}"; ${zone.access} };`,
  );
  return `${keys}
options {
  directory "${folder}";
  pid-file "named.pid";
  session-keyfile "session.key";
  managed-keys-directory "${folder}";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  dnssec-validation no;
  notify no;
  empty-zones-enable no;
};
controls { };
${zoneStatements.join("\n")}
`;
}

/** A zone's file as BIND first loads it. */
const zoneFile = ({ name, records = [] }: BindZone) => `$TTL 300
$ORIGIN ${name}.
@ IN SOA ns hostmaster 1 3600 600 86400 300
@ IN NS ns
ns IN A 127.0.0.1
${records.join("\n")}
`;
