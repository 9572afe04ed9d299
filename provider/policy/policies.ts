import type { KmsPolicy } from "./policy";
import { kmsHostProtected } from "./policies/kms-host-protected";
import { kmsHostSupport } from "./policies/kms-host-support";
import { kmsHostsPerKey } from "./policies/kms-hosts-per-key";
import { kmsKeyInPlainText } from "./policies/kms-key-in-plain-text";
import { kmsLedgerShared } from "./policies/kms-ledger-shared";
import { kmsPortOpen } from "./policies/kms-port-open";
import { kmsRedundancy } from "./policies/kms-redundancy";
import { kmsSrvUnknownHost } from "./policies/kms-srv-unknown-host";
import { kmsUnacknowledgedWarnings } from "./policies/kms-unacknowledged-warnings";

/** A policy whose parameters its own schema has checked. */
// Parameters are a policy's own, and one list holds policies with any: `unknown` would refuse their functions.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyKmsPolicy = KmsPolicy<any>;

/** The policies of the pack, in the order of the documentation. */
export const kmsPolicies: readonly AnyKmsPolicy[] = [
  kmsPortOpen,
  kmsHostsPerKey,
  kmsKeyInPlainText,
  kmsRedundancy,
  kmsHostSupport,
  kmsHostProtected,
  kmsSrvUnknownHost,
  kmsLedgerShared,
  kmsUnacknowledgedWarnings,
];
