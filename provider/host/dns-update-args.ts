import * as pulumi from "@pulumi/pulumi";
import type { KMSHostSrvRecordArgs } from "./kms-host-args";

/** A key that signs dynamic updates (TSIG, RFC 8945). */
export interface TsigKeyArgs {
  /** Name of the key as the server knows it. */
  keyName: pulumi.Input<string>;

  /**
   * `hmac-sha256`, `hmac-sha384` or `hmac-sha512`.
   *
   * @default "hmac-sha256"
   */
  algorithm?: pulumi.Input<string>;

  /** Secret of the key in base64, as in the server's key statement. Kept secret. */
  secret: pulumi.Input<string>;
}

/** A DNS zone that takes dynamic updates (RFC 2136), for example on BIND or on Windows DNS with nonsecure updates. */
export interface DnsUpdateZoneArgs {
  /** Name of the zone, for example `corp.example`. */
  zoneName: pulumi.Input<string>;

  /**
   * Servers that have the zone, asked in this order; each an IPv4 address, a name, or an IPv6 address in brackets, with a
   * port when it is not 53: `10.0.0.4`, `dc1.corp.example:5353`, `[::1]:53`.
   */
  servers: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The key that signs the updates.
   *
   * @default - updates are not signed
   */
  tsig?: TsigKeyArgs;
}

/** The SRV records with the secrets of their keys marked. */
export function withTsigSecrets(records: KMSHostSrvRecordArgs[]): KMSHostSrvRecordArgs[] {
  return records.map((record) => {
    const tsig = record?.dnsUpdate?.tsig;
    return tsig?.secret === undefined
      ? record
      : {
          ...record,
          dnsUpdate: { ...record.dnsUpdate!, tsig: { ...tsig, secret: pulumi.secret(tsig.secret) } },
        };
  });
}
