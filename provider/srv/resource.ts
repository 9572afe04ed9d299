import * as pulumi from "@pulumi/pulumi";
import { delegate } from "../engine/delegate";
import type { ResourceInputs } from "../engine/inputs";
import { hidingSecrets } from "../engine/secret-arguments";
import type { SrvRecordInputs } from "./state";

/**
 * One KMS host's own record in the shared `_vlmcs._tcp` set of one zone. The alias is the type of the same resource in a
 * plugin for other languages.
 */
export class SrvRecord extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: ResourceInputs<SrvRecordInputs>, opts?: pulumi.CustomResourceOptions) {
    const withAlias = pulumi.mergeOptions(opts, { aliases: [{ type: "windows-kms:index:SrvRecord" }] });
    const [props, options] = hidingSecrets({ ...inputs, kind: "SrvRecord" }, withAlias, ["drift", "claim"]);
    super(delegate, name, props, options, "windows-kms", "SrvRecord");
  }
}
