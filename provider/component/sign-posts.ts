/** What the package cannot do by an argument, and what can. */
interface SignPost {
  /** Where such an argument was given. */
  path: RegExp;
  /** Names that people look for. */
  name: RegExp;
  hint: string;
}

/** Ways for what has no argument, by the names under which other tools have it. */
const signPosts: SignPost[] = [
  {
    path: /(^|\.)dynamicUpdate$/,
    name: /gss|kerberos|keytab|realm|ntlm/i,
    hint: 'Updates signed by Kerberos are not supported. For a machine in the domain use publishedBy: "windows", so that Windows publishes by itself; otherwise make the record by hand.',
  },
  {
    path: /^machines?(\.(create|scaleSet))?$/,
    name: /^(join|domain|domainJoin|adDomain|extensions?)$/i,
    hint: "Join the machine by an extension that depends on it, and let the activation depend on the extension: see docs/resource-options.md.",
  },
  {
    path: /^machines?\.(create|scaleSet)$/,
    name: /disk|encryption|address|interface|nic|zones?$|^image|availability|priority|spot|eviction|identity|proximity|dedicated|publicIp|customData|userData|plan|tags|security|patch|hibernat|dns/i,
    hint: "Set what has no argument on the virtual machine, its network interface or the scale set with the option transformations: see docs/resource-options.md.",
  },
  {
    path: /^$/,
    name: /^(securityRules?|rules?|inbound|nsgRules?)$/i,
    hint: "Add rules to the host's network security group with the option transformations: see docs/resource-options.md.",
  },
  {
    path: /^(machines?)?$/,
    name: /^(arc|hybridCompute|connectedMachine|azureLocal|stackHci)/i,
    hint: "Machines of Azure Arc, and virtual machines on Azure Local, are reached over SSH: list them in ssh of machines, or give ssh of the host's machine.",
  },
  {
    path: /^(machines?)?$/,
    name: /^(cloudPcs?|windows365|w365|provisioningPolic|avd|hostPool|sessionHosts?)/i,
    hint: "Azure's own KMS activates a Cloud PC of Windows 365 without this package; session hosts of Azure Virtual Desktop are virtual machines in machines.azureVmIds: see docs/how-to/azure-kms-or-your-own.md.",
  },
  {
    path: /^(key|machines?)?$/,
    name: /^(mak|makKey|adba|activeDirectory|adActivation)/i,
    hint: "Keys for multiple activation (MAK) and activation by Active Directory need no KMS host: use slmgr or Volume Activation Tools for them.",
  },
];

/** A sentence with what can be done in place of an argument that does not exist; "" without one. */
export function signPostFor(path: string, name: string): string {
  const found = signPosts.find((one) => one.path.test(path) && one.name.test(name));
  return found === undefined ? "" : ` ${found.hint}`;
}
