import { KmsError } from "../errors/kms-error";
import type { TsigCheck } from "./tsig";

/** What was asked of which server. */
export interface Asked {
  zoneName: string;
  /** The server as the user wrote it. */
  server: string;
  /** Name of the key that the request was signed with; "" for an unsigned one. */
  keyName: string;
  nowSeconds: number;
  /** Whether it was an update, not a query. */
  update: boolean;
}

/** Error codes of the answers that have a remedy of their own, by the name of RCODE or TSIG error. */
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

/** The error for an answer that is none to work with: the server's own word for it, and what to do. */
export function refusal(
  rcode: string,
  { error, serverTimeSeconds }: Partial<TsigCheck>,
  asked: Asked,
): KmsError {
  const { zoneName, server, keyName, nowSeconds } = asked;
  const given = error ?? rcode;
  const apart =
    serverTimeSeconds === undefined
      ? "more than allowed"
      : `${Math.abs(serverTimeSeconds - nowSeconds)} seconds`;
  const key = keyName === "" ? "without a key" : `with the key ${keyName}`;
  return new KmsError((given === "REFUSED" && !asked.update ? "KMS5033" : codes[given]) ?? "KMS5030", {
    values: { zone: zoneName, server, given, keyName, key, apart },
  });
}
