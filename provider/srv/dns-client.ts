import * as packet from "dns-packet";
import { randomInt } from "node:crypto";
import { KmsError } from "../errors/kms-error";
import { type DnsRequest, encodeRequest, opcode } from "./dns-message";
import { exchange, parseDnsServer, type ExchangeLimits } from "./dns-transport";
import { checkAnswer, signMessage, type TsigCheck, type TsigKey } from "./tsig";
import { counted } from "../rules/diagnostic";

/** How a zone's servers are asked. */
export interface ClientSettings extends ExchangeLimits {
  nowSeconds: () => number;
}

/** Asks the servers of a zone, the one that answered last first. */
export interface DnsClient {
  /**
   * The first answer with one of these RCODEs.
   * @throws KmsError KMS5016, KMS5020 to KMS5031, KMS5033: the first refusal, before any server's silence
   */
  ask(request: Omit<DnsRequest, "id">, rcodes: readonly string[]): Promise<packet.DecodedPacket>;
}

/** A request on its way. */
interface Sent {
  server: string;
  /** Code of its signature. */
  mac?: Buffer;
  rcodes: readonly string[];
  update: boolean;
}

/** A client for the servers of a zone, written as the user writes them. */
export function dnsClient(
  zoneName: string,
  servers: readonly string[],
  key: TsigKey | undefined,
  settings: ClientSettings,
): DnsClient {
  let order = [...servers];

  const askOne = async (server: string, request: Omit<DnsRequest, "id">, rcodes: readonly string[]) => {
    const address = parseDnsServer(server);
    if (address === undefined) {
      throw new KmsError("KMS5016", { values: { given: server } });
    }
    const message = encodeRequest({ ...request, id: randomInt(0x10000) });
    const sent = key && signMessage(message, key, settings.nowSeconds());
    const answer = await exchange(address, sent?.signed ?? message, settings).catch((error: Error) => {
      throw new KmsError("KMS5020", {
        values: { zone: zoneName, server, reason: error.message },
        cause: error,
      });
    });
    return accepted(answer, { server, mac: sent?.mac, rcodes, update: request.opcode === opcode.update });
  };

  /** A refusal is reported in the server's own words even where it is not signed: servers cannot sign those. */
  const accepted = (answer: Buffer, { server, mac, rcodes, update }: Sent) => {
    const nowSeconds = settings.nowSeconds();
    const decoded = decode(answer, zoneName, server);
    const check = key && mac ? checkAnswer(answer, key, mac, nowSeconds) : { valid: true };
    const taken = rcodes.includes(decoded.rcode) && check.error === undefined;
    if (!taken) {
      throw refusal(decoded.rcode, check, { zoneName, server, keyName: key?.name ?? "", nowSeconds, update });
    }
    if (!check.valid) {
      throw new KmsError("KMS5031", { values: { zone: zoneName, server, reason: check.reason ?? "" } });
    }
    return decoded;
  };

  return {
    async ask(request, rcodes) {
      const errors: KmsError[] = [];
      for (const server of order) {
        try {
          const answer = await askOne(server, request, rcodes);
          order = [server, ...order.filter((other) => other !== server)];
          return answer;
        } catch (error) {
          if (!(error instanceof KmsError)) {
            throw error;
          }
          errors.push(error);
        }
      }
      throw worst(errors);
    },
  };
}

/** A refusal says more than no answer, which is only reported when no server answered. */
function worst(errors: KmsError[]): Error {
  const reported = errors.find(({ code }) => code !== "KMS5020") ?? errors[0];
  if (errors.length > 1) {
    reported.cause = new AggregateError(
      errors.filter((error) => error !== reported),
      "the other servers of the zone",
    );
  }
  return reported;
}

function decode(answer: Buffer, zoneName: string, server: string): packet.DecodedPacket {
  try {
    return packet.decode(answer);
  } catch (cause) {
    const reason = "it is not a DNS message";
    throw new KmsError("KMS5031", { values: { zone: zoneName, server, reason }, cause });
  }
}

/** What was asked of which server. */
interface Asked {
  zoneName: string;
  /** The server as the user wrote it. */
  server: string;
  /** Name of the key that the request was signed with; "" for an unsigned one. */
  keyName: string;
  nowSeconds: number;
  /** Whether it was an update, not a query. */
  update: boolean;
}

/** Error codes of the refusals that have a remedy of their own, by the name of RCODE or TSIG error. */
const codes: Record<string, string> = {
  REFUSED: "KMS5022",
  NOTAUTH: "KMS5023",
  NOTZONE: "KMS5024",
  SERVFAIL: "KMS5025",
  YXRRSET: "KMS5026",
  BADKEY: "KMS5027",
  BADSIG: "KMS5028",
  BADTIME: "KMS5029",
};

/** The error for a refusal: the server's own word for it, and what to do. */
function refusal(rcode: string, { error, serverTimeSeconds }: Partial<TsigCheck>, asked: Asked): KmsError {
  const { zoneName, server, keyName, nowSeconds } = asked;
  const given = error ?? rcode;
  const apart =
    serverTimeSeconds === undefined
      ? "more than allowed"
      : counted(Math.abs(serverTimeSeconds - nowSeconds), "second");
  const key = keyName === "" ? "without a key" : `with the key ${keyName}`;
  return new KmsError((given === "REFUSED" && !asked.update ? "KMS5033" : codes[given]) ?? "KMS5030", {
    values: { zone: zoneName, server, given, keyName, key, apart },
  });
}
