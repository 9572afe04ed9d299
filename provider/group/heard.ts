import { createHash } from "node:crypto";
import { KmsError } from "../errors/kms-error";
import { requireReadable } from "../machine/licensing-answer";
import { type HeardClients, type LicensingPlan, windowsApplicationId } from "../machine/licensing-plan";
import type { RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { mapConcurrent } from "./concurrency";
import { shortName } from "./member";
import type { HostConnection, MemberState } from "./state";
import { counted } from "../rules/diagnostic";
import { millisecondsPerDay } from "../rules/days";

/*
 * What the KMS hosts of a group say of its members: the event log of a host has a record of each machine that asked it, so
 * that a few visits confirm thousands of members. A record proves that the machine asked and was answered, not which key it
 * has: a member is visited where that is in doubt.
 */

/** What the hosts of a group answered. */
export interface Heard {
  /** Hashes of the names that they answered, in hexadecimal. */
  names: ReadonlySet<string>;
  /** When they said so, ISO 8601 to the minute, by their clocks. */
  at: string;
  /** What is to be reported of hosts that could not be asked, or whose log does not reach back far enough. */
  notes: string[];
}

/** The question, as a host's plan has it. Reads, and changes nothing. */
export const clientsPlan = (sinceDays: number, part: number, parts: number): LicensingPlan => ({
  version: 1,
  applicationId: windowsApplicationId,
  operations: [],
  read: {
    ...{ service: [], product: [], features: [], firewall: [], events: false },
    clients: { sinceDays, part, parts },
  },
});

/** The hash of a member's computer name, as the script forms it. */
export const nameHash = ({ name, computerName }: Pick<MemberState, "name" | "computerName">): string =>
  createHash("sha256")
    .update(shortName(computerName ?? name))
    .digest("hex")
    .slice(0, hashCharacters);

const hashBytes = 4;
const hashCharacters = 2 * hashBytes;

/** Names to a part at the beginning: with half as many again an answer is full. */
const namesInPart = 260;
const mostParts = 256;

/** Run commands of one host side by side, which do not wait for each other there: well below what Azure keeps on a machine. */
const partsAtATime = 10;

/** Asks the hosts which machines they answered in the last days. A host that cannot be asked is noted, and no obstacle. */
export async function askHosts(
  connections: readonly HostConnection[],
  members: number,
  sinceDays: number,
  options: RunOptions,
): Promise<Heard> {
  const names = new Set<string>();
  const notes: string[] = [];
  let at = "";
  const ask = async (connection: HostConnection) => {
    try {
      const answer = await askHost(connection, members, sinceDays, options);
      answer.names.forEach((name) => names.add(name));
      notes.push(...answer.notes);
      at = answer.at > at ? answer.at : at;
    } catch (error) {
      if (!(error instanceof KmsError)) {
        throw error;
      }
      notes.push(`the KMS host ${connection.name} was not asked: ${error.message}`);
    }
  };
  await Promise.all(connections.map(ask));
  return { names, at, notes };
}

async function askHost(
  { name, ...address }: HostConnection,
  members: number,
  sinceDays: number,
  options: RunOptions,
): Promise<Heard> {
  const machine = openMachine(address);
  const askParts = async (parts: number) => {
    const answers = await mapConcurrent([...Array(parts).keys()], partsAtATime, (part) =>
      machine.run(clientsPlan(sinceDays, part, parts), {}, options),
    );
    const clients = answers.map((answer) => {
      requireReadable(answer, "clients");
      return answer.clients!;
    });
    return { clients, utc: answers[0].machine.utc, more: Math.max(...clients.map(({ more }) => more)) };
  };
  let parts = Math.min(mostParts, Math.max(1, Math.ceil(members / namesInPart)));
  let asked = await askParts(parts);
  while (asked.more > 0 && parts < mostParts) {
    parts = Math.min(mostParts, 2 * parts);
    asked = await askParts(parts);
  }
  const { clients, utc, more } = asked;
  return {
    names: new Set(clients.flatMap(({ names }) => hashesIn(names))),
    at: `${utc.slice(0, 16)}Z`,
    notes: [
      ...reachOfLog(name, clients[0], sinceDays, Date.parse(utc)),
      ...(more > 0 ? [`the log of ${name} names more machines than one refresh can read`] : []),
    ],
  };
}

function hashesIn(names: string): string[] {
  const hex = Buffer.from(names, "base64").toString("hex");
  return hex.match(new RegExp(`.{${hashCharacters}}`, "g")) ?? [];
}

/** What there is to say of a log that lost records of the days that were asked for. */
function reachOfLog(name: string, { oldest }: HeardClients, sinceDays: number, now: number): string[] {
  if (oldest === null) {
    return [`the log of ${name} has no requests`];
  }
  const days = (now - Date.parse(oldest)) / millisecondsPerDay;
  return days >= sinceDays
    ? []
    : [
        `the log of ${name} reaches back ${days.toFixed(1)} of ${counted(sinceDays, "day")}; if it drops older records, raise its size ` +
          `with wevtutil sl "Key Management Service" /ms:BYTES`,
      ];
}
