/** A pattern that arguments share, by the name that `@format` gives it. */
export interface Format {
  pattern: string;
  /** What is allowed, as the object of "Specify …". */
  words: string;
  maxLength?: number;
  minLength?: number;
  /** Slips that are worth a word of their own, each with what to do instead. */
  slips?: { pattern: string; hint: string }[];
}

const octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const ipv4 = `(${octet}\\.){3}${octet}`;
const group = "[0-9A-Fa-f]{1,4}";
const ipv6 = [
  `((${group}:){7}${group}`,
  `(${group}:){1,7}:`,
  `(${group}:){1,6}:${group}`,
  `(${group}:){1,5}(:${group}){1,2}`,
  `(${group}:){1,4}(:${group}){1,3}`,
  `(${group}:){1,3}(:${group}){1,4}`,
  `(${group}:){1,2}(:${group}){1,5}`,
  `${group}:(:${group}){1,6}`,
  `:((:${group}){1,7}|:))`,
].join("|");
const tcpPort = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
const recordLabel = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
const hostLabel = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const uuid = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

/**
 * An Azure resource ID of one type. Azure's services differ in the capitals that they write, so capitals may be small.
 * @param type namespace and type, with the names of its parents left open: `Microsoft.Network/virtualNetworks/subnets`
 */
function resourceId(type: string): string {
  const [namespace = "", ...types] = type.split("/");
  const path = ["", "Subscriptions", "*", "resourceGroups", "*", "providers", namespace];
  return `^${[...path, ...types.flatMap((name) => [name, "*"])]
    .join("/")
    .replace(/\./g, "\\.")
    .replace(/[A-Z]/g, (capital) => `[${capital}${capital.toLowerCase()}]`)
    .replace(/\*/g, "[^/]+")}$`;
}

/** Every format that an argument may name. */
export const formats: Record<string, Format> = {
  addressPrefix: {
    pattern: `^${ipv4}(/([12]?[0-9]|3[0-2]))?$|^${ipv6}(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$`,
    words: "an address prefix, for example 10.20.0.0/16",
  },
  azurePrivateZoneId: {
    pattern: resourceId("Microsoft.Network/privateDnsZones"),
    words: "the Azure resource ID of a private DNS zone: /subscriptions/…/privateDnsZones/NAME",
  },
  azureVmId: {
    pattern: resourceId("Microsoft.Compute/virtualMachines"),
    words: "the Azure resource ID of a virtual machine: /subscriptions/…/virtualMachines/NAME",
    slips: [
      { pattern: `^${uuid}$`, hint: "Of a virtual machine that the program declares, use .id, not .vmId." },
      {
        pattern: "/[Vv]irtual[Mm]achine[Ss]cale[Ss]ets/[^/]+/[Vv]irtual[Mm]achines/",
        hint: "Instances of a scale set are members by machines.scaleSetId; those of a Flexible set have an ID of their own as virtual machines.",
      },
      {
        pattern:
          "/[Mm]icrosoft\\.([Hh]ybrid[Cc]ompute|[Aa]zure[Ss]tack[Hh][Cc][Ii]|AVS|avs|[Cc]onnected[Vv][Mm]ware[Vv]sphere|[Ss]c[Vv]mm)/",
        hint: "Machines of Azure Arc, Azure Local and Azure VMware Solution are reached over SSH: name them in ssh.",
      },
      {
        pattern: "/[Ss]ession[Hh]osts/[^/]+$",
        hint: "A session host has the ID of its virtual machine in resourceId.",
      },
    ],
  },
  base64: {
    pattern: "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    words: "the secret of the key in base64, as in the server's key statement",
    minLength: 4,
  },
  computerName: {
    pattern: "^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$",
    words: "1 to 15 letters, digits and hyphens, not digits alone",
  },
  confirmationId: {
    pattern: "^([ -]*[0-9]){48}[ -]*$",
    words: "48 digits, with or without blanks and hyphens",
  },
  date: {
    pattern:
      "^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$",
    words: "a day as year, month and day, for example 2027-03-31",
  },
  diagnosticCode: {
    pattern: "^KMS[0-9]{4}$",
    words: "a code, for example KMS2209",
  },
  dnsServer: {
    pattern: `^(?!168\\.63\\.129\\.16(:|$))(\\[${ipv6}\\]|${ipv4}|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:${tcpPort})?$`,
    words:
      "an IPv4 address, a name, or an IPv6 address in brackets, with a port where that is not 53: 10.0.0.4, dc1.corp.example:5353, [::1]:53",
    slips: [
      {
        pattern: "^168\\.63\\.129\\.16",
        hint: "Azure's own DNS takes no updates: a private DNS zone is named by azurePrivateZoneId.",
      },
    ],
  },
  fqdn: {
    pattern: `^(${ipv4}|${ipv6}|(?![0-9.]+$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$`,
    words: "a full DNS name without a final period, or an address, and no port, for example kms.corp.example",
    maxLength: 253,
  },
  groupNamePrefix: {
    pattern: "^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$",
    words: "1 to 10 letters, digits and hyphens, a letter first",
  },
  hostKeyFingerprint: {
    pattern: "^SHA256:[A-Za-z0-9+/]{43}=?$",
    words: "SHA256: and 43 characters, as `ssh-keygen -lf` shows it",
  },
  instanceNamePrefix: {
    pattern: "^[A-Za-z][A-Za-z0-9-]{0,8}$",
    words: "1 to 9 letters, digits and hyphens, a letter first",
  },
  ledgerUrl: {
    pattern:
      "^(file://.+|azblob://[^?]+([?](storage_account=[^&]*(&prefix=[^&]*)?|prefix=[^&]*(&storage_account=[^&]*)?)?)?)$",
    words: "file://PATH or azblob://CONTAINER?storage_account=NAME",
  },
  osBuild: {
    pattern: "^[0-9]{4,5}\\.[0-9]{1,5}$",
    words: "a build with its revision, for example 20348.2322",
  },
  routeTableId: {
    pattern: resourceId("Microsoft.Network/routeTables"),
    words: "the Azure resource ID of a route table: /subscriptions/…/routeTables/NAME",
  },
  scaleSetId: {
    pattern: resourceId("Microsoft.Compute/virtualMachineScaleSets"),
    words:
      "the Azure resource ID of a virtual machine scale set: /subscriptions/…/virtualMachineScaleSets/NAME",
    slips: [
      { pattern: `^${uuid}$`, hint: "Of a scale set that the program declares, use .id, not .uniqueId." },
    ],
  },
  scaleSetName: {
    pattern: "^[A-Za-z0-9]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$",
    words: "1 to 64 letters, digits, underscores, periods and hyphens, a letter or digit first",
  },
  sshHost: {
    pattern: "^[A-Za-z0-9_.:%-]{1,253}$",
    words: "a host name or an address",
  },
  subnetId: {
    pattern: resourceId("Microsoft.Network/virtualNetworks/subnets"),
    words: "the Azure resource ID of a subnet: /subscriptions/…/virtualNetworks/NAME/subnets/NAME",
  },
  tsigKeyName: {
    pattern: `^${recordLabel}(\\.${recordLabel})*\\.?$`,
    words: "the name of a TSIG key, for example kms-update",
    maxLength: 253,
  },
  update: {
    pattern: "^KB[0-9]{6,7}$",
    words: "the number of an update, for example KB3172614",
  },
  vmSize: {
    pattern: "^[A-Za-z][A-Za-z0-9_-]*$",
    words: "an Azure virtual machine size, for example Standard_B2as_v2",
  },
  zoneName: {
    pattern: `^(${recordLabel}\\.)*(?![0-9]+$)${hostLabel}$`,
    words: "a DNS zone without a final period, for example corp.example",
    maxLength: 241,
  },
};
