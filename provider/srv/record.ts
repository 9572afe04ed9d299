import * as pulumi from "@pulumi/pulumi";
import { delegate } from "../engine/delegate";
import type { ResourceInputs } from "../engine/inputs";
import type { ZoneAddress } from "./open-zone";
import type { SrvData } from "./zone";

/** Who writes a host's record: this package, or Windows on the host by its own dynamic update. */
export type RecordPublisher = "package" | "host";

/** What the engine hands to the handler of an SRV record. */
export interface SrvRecordInputs extends SrvData {
  kind: "SrvRecord";
  /** Logical name of the KMSHost, for messages. */
  name: string;
  /** The secret of its key is secret: stored under the same name, it stays so. */
  zone: ZoneAddress;
  /** Host name of the KMS host. */
  computerName: string;
  ttlSeconds: number;
  /** Whether the host is activated; one that is not invites no clients. */
  ready: boolean;
  /** A record that the host publishes is only waited for. */
  publishedBy: RecordPublisher;
}

/** What the engine stores of an SRV record. */
export interface SrvRecordOutputs extends SrvData {
  name: string;
  zone: ZoneAddress;
  ttlSeconds: number;
  ready: boolean;
  publishedBy: RecordPublisher;
  /** What differed when the zone was last looked at, in words. */
  drift: string[];
}

/** One KMS host's own record in the shared `_vlmcs._tcp` set of one zone. */
export class SrvRecord extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: ResourceInputs<SrvRecordInputs>, opts?: pulumi.CustomResourceOptions) {
    super(delegate, name, { ...inputs, kind: "SrvRecord" }, opts, "kms", "SrvRecord");
  }
}
