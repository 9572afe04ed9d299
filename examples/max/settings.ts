import * as pulumi from "@pulumi/pulumi";
import { KeyGroup, type KMSHostArgs } from "pulumi-windows-kms";

export const config = new pulumi.Config();
export const location = config.get("location") ?? "westeurope";
export const adminPassword = config.requireSecret("adminPassword");

/** The KMS host key and where its activations are counted: the same for each host that has it. */
export const hostKey = {
  keyGroup: KeyGroup.WindowsServer2022,
  productKey: config.requireSecret("kmsHostKey"),
  ledger: config.require("ledger"),
  // What other hosts have used of the key, and what Microsoft granted beyond six: both count in the preview.
  activationsSpent: {
    hosts: config.getNumber("hostsElsewhere") ?? 0,
    activations: config.getNumber("activationsElsewhere") ?? 0,
  },
  hostLimitException: { hosts: 10, reference: "case 2026-0001" },
} satisfies Partial<KMSHostArgs>;
