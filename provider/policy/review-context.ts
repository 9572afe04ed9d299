import * as pulumi from "@pulumi/pulumi";
import { ledgerUrl } from "../ledger/open-ledger";
import { isSharedBackend } from "../component/program";
import type { ReviewContext } from "./policy";

/** What the policy server's own process tells of the stack; the engine hands it the program's environment. */
export function reviewContext(): ReviewContext {
  return {
    today: new Date().toISOString().slice(0, 10),
    defaultLedger: ledgerUrl(""),
    sharedBackend: isSharedBackend(pulumi.getOrganization(), process.env),
  };
}
