import { KmsError } from "../errors/kms-error";

/** The error for a ledger that cannot be read or written. */
export function unreachableLedger(url: string, cause: unknown): KmsError {
  return new KmsError("KMS6002", { values: { url, reason: reasonOf(cause) }, cause });
}

/** The cause in a few words; what signs a request is never among them. */
function reasonOf(cause: unknown): string {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const [line = ""] = (typeof message === "string" ? message : String(cause)).split("\n");
  const text = line.replace(/\bsig=[^&\s"']+/g, "sig=...").replace(/\.$/, "");
  return typeof code === "string" && !text.includes(code) ? `${code}, ${text}` : text;
}
