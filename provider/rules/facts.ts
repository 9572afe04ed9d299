import type { AzureCloud } from "../catalog/azure-kms";

/** The Azure network around a machine, as far as the program declares it. */
export interface NetworkFacts {
  /** Whether the subnet is private: without default outbound access. */
  privateSubnet?: boolean;
  /** How machines of the subnet reach the Internet. */
  outbound?: "none" | "natGateway" | "loadBalancer" | "firewall" | "publicAddress";
  /** Azure's next hop type of the route for 0.0.0.0/0. */
  defaultRoute?: string;
  /** Application rules of an Azure Firewall on the way, as `protocol:port name`. */
  firewallApplicationRules?: string[];
  /** Network rules of an Azure Firewall on the way, as `protocol:port address or name`. */
  firewallNetworkRules?: string[];
  /** DNS servers other than Azure's own. */
  dnsServers?: string[];
}

/** The image that machines are made from. */
export interface ImageFacts {
  /** An evaluation copy. */
  evaluation?: boolean;
  /** Whether sysprep ran with /generalize. */
  generalized?: boolean;
  /** SkipRearm of its answer file: the licensing state is not reset. */
  skipRearm?: boolean;
}

/** An SRV record that a KMS host publishes. */
export interface SrvRecordFacts {
  /** Zone that has the record. */
  zoneName?: string;
  /** 0 to 65535, lowest first; 0 where it is left out. */
  priority?: number;
  /** 0 to 65535; 0 where it is left out. */
  weight?: number;
  /** Full name that it points to, where that is not the computer name in the zone. */
  target?: string;
}

/** What the rules know of a KMS host; what is not known yet is left out. */
export interface HostFacts {
  /** Logical name of the KMSHost. */
  name: string;
  /** Product key group of its key, a value of `KeyGroup`. */
  keyGroup?: string;
  /** Operating system of the machine, a value of `OperatingSystem`. */
  os?: string;
  /** Edition of the operating system, for example `Datacenter`. */
  edition?: string;
  /** The KMS host key; it is compared with other keys and never shown. */
  productKey?: string;
  /** How the key is activated; `online` where it is left out. */
  activation?: "online" | "offline" | "none";
  /** Whether the package creates the machine, with its network security group. */
  created?: boolean;
  /** Whether the machine is an Azure virtual machine. */
  azure?: boolean;
  /** Whether another program manages the host: it has clients that this one does not know. */
  elsewhere?: boolean;
  /** TCP port, 1688 where it is left out. */
  port?: number;
  /** Address prefixes that may reach the port. */
  clientPrefixes?: string[];
  /** Host name of the machine. */
  computerName?: string;
  /** SRV records that it publishes. */
  srvRecords?: SrvRecordFacts[];
  /** Installed updates, for example `KB3172614`. */
  updates?: string[];
  /** `CurrentBuild.UBR`, for example `20348.2322`. */
  osBuild?: string;
  /** The image that the machine was made from. */
  image?: ImageFacts;
  /** The network around the machine. */
  network?: NetworkFacts;
  /** More hosts for the key, as Microsoft granted them. */
  hostLimitException?: { hosts: number; reference: string };
  /** Office versions that the machine has a host key for. */
  office?: string[];
  /** Host keys of Office versions. */
  officeKeys?: OfficeKeyFacts[];
}

/** The host key of an Office version. */
export interface OfficeKeyFacts {
  /** Office version. */
  office?: string;
  /** The KMS host key. */
  productKey?: string;
  /** More hosts for this key, as Microsoft granted them. */
  hostLimitException?: { hosts: number; reference: string };
}

/** A virtual machine scale set whose instances are members of a client group. */
export interface ScaleSetFacts {
  /** Whether the package creates it. */
  created?: boolean;
  /** Azure resource ID of one that exists. */
  id?: string;
  /** Whether its orchestration mode is Uniform; of one that exists it is not known. */
  uniform?: boolean;
  /** Whether the program gives rollout settings besides a deadline. */
  rollout?: boolean;
}

/** What the rules know of a client group; what is not known yet is left out. */
export interface GroupFacts {
  /** Logical name of the KMSClientGroup. */
  name: string;
  /** Logical names of its KMS hosts, in order. */
  hosts: string[];
  /** Operating system of the members, a value of `OperatingSystem`. */
  os?: string;
  /** Edition of the members, for example `Datacenter`. */
  edition?: string;
  /** Office version, for a group of Office clients. */
  office?: string;
  /** Setup key to install, where it is not chosen by `os` and `edition`. */
  productKey?: string;
  /** Number of members. */
  count?: number;
  /** Azure resource IDs of its members. */
  azureVmIds?: string[];
  /** `host:port` of its members over SSH. */
  sshServers?: string[];
  /** The virtual machine scale set whose instances the members are. */
  scaleSet?: ScaleSetFacts;
  /** Whether an autoscaler sets the number of its instances. */
  autoscaled?: boolean;
  /** Whether the members are Azure virtual machines. */
  azure?: boolean;
  /** How members find a KMS host: by SRV records, or by a fixed name. */
  discovery?: "dns" | "host";
  /** Zone whose SRV records members read. */
  lookupDomain?: string;
  /** Whether the members are in an Active Directory domain. */
  domainJoined?: boolean;
  /** Primary DNS suffix of members outside a domain; "" for none. */
  dnsSuffix?: string;
  /** The image that the members were made from. */
  image?: ImageFacts;
  /** The network around the members. */
  network?: NetworkFacts;
  /** What the members were activated by before. */
  convertFrom?: "kmsHost" | "mak" | "retail";
  /** What the members run on, where they are virtual. */
  hypervisor?: string;
  /** Whether members are domain controllers. */
  domainController?: boolean;
  /** Longest time that members are off or cut off, in days. */
  offlineDays?: number;
  /** Whether a pair that Microsoft's table does not list is tried all the same. */
  acceptUnlisted?: boolean;
  /** Whether Azure's own KMS activates the members. */
  azureKms?: boolean;
  /** Route table that gets the routes to Azure's own KMS. */
  azureKmsRoutes?: AzureKmsRoutesFacts;
  /** Azure cloud of the members. @default "public" */
  azureCloud?: AzureCloud;
}

/** A route table that gets the routes to Azure's own KMS. */
export interface AzureKmsRoutesFacts {
  /** Resource group of the table. */
  resourceGroupName?: string;
  /** Name of the table. */
  routeTableName?: string;
}

/** What the records of a DNS zone are known to be. */
export interface ZoneFacts {
  /** Name of the zone, for example `corp.example`. */
  zoneName: string;
  /** Targets of `_vlmcs._tcp` that nobody in the program declares. */
  foreignTargets: string[];
}

/** Everything that the rules look at. */
export interface ProgramFacts {
  /** In the order of the program. */
  hosts: HostFacts[];
  /** Client groups. */
  groups: GroupFacts[];
  /** Zones whose records are known. */
  zones?: ZoneFacts[];
  /** Day of the review, ISO 8601 date; without one, ends of support are not judged. */
  today?: string;
}
