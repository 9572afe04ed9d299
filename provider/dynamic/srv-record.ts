import * as pulumi from "@pulumi/pulumi";
import type { ZoneAddress } from "../dns/open-srv-zone";
import type { SrvData } from "../dns/srv-zone";
import type { ResourceInputs } from "./deep-input";
import { delegate } from "./delegate";

/** What the engine hands to the handler of an SRV record. */
export interface SrvRecordInputs extends SrvData {
  kind: "SrvRecord";
  /** Logical name of the KMSHost, for messages. */
  name: string;
  zone: ZoneAddress;
  ttlSeconds: number;
}

/** What the engine stores of an SRV record. */
export interface SrvRecordOutputs extends SrvData {
  name: string;
  zone: ZoneAddress;
  ttlSeconds: number;
  /** What differed when the zone was last looked at, in words. */
  drift: string[];
}

/** One KMS host's own record in the shared `_vlmcs._tcp` set of one zone. */
export class SrvRecord extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: ResourceInputs<SrvRecordInputs>, opts?: pulumi.CustomResourceOptions) {
    super(delegate, name, { ...inputs, kind: "SrvRecord" }, opts, "kms", "SrvRecord");
  }
}
