import { type GivenArgument, type InstanceIdentity, invoke, query, reread } from "./cim";
import {
  CommandFailure,
  type FirewallRule,
  type RegistryValue,
  type Windows,
  type WindowsEvent,
} from "./windows";

/** A call of a stand-in. */
export interface Call {
  command: string;
  /** What it is about: a class, a method, a name. */
  about?: string;
  /** What it changed, or tried to. */
  change?: string;
  /** Whether it failed. */
  failed?: boolean;
}

interface RuleParameters {
  Name?: string | string[];
  DisplayName?: string;
  Enabled?: string;
  Direction?: FirewallRule["direction"];
  Action?: FirewallRule["action"];
  Profile?: number;
  Protocol?: string;
  LocalPort?: string[];
  RemoteAddress?: string[];
  Program?: string;
  Service?: string;
}

/** What a stand-in was called with; each has some of these. */
export interface Request {
  command: string;
  class?: string;
  filter?: string | { LogName?: string; ProviderName?: string; Id?: number; StartTime?: string };
  properties?: string[] | null;
  instance?: InstanceIdentity;
  method?: string;
  arguments?: GivenArgument[];
  name?: string | string[];
  path?: string;
  kind?: string;
  value?: RegistryValue;
  given?: string;
  force?: boolean;
  existing?: boolean;
  maxEvents?: number;
  oldest?: boolean;
  rule?: RuleParameters;
}

type Command = (windows: Windows, request: Request, call: Call) => unknown;

const nameOf = ({ name }: Request) => [name].flat()[0]!;

const commands: Record<string, Command> = {
  "Get-CimInstance"(windows, { class: className, filter, properties, instance }, call) {
    call.about = className ?? instance?.class;
    return instance === undefined
      ? query(windows, className!, (filter as string | undefined) ?? null, properties ?? null)
      : [reread(windows, instance)];
  },
  "Invoke-CimMethod"(windows, { instance, method, arguments: given = [] }, call) {
    call.about = method;
    call.change = [method, ...given.map(({ type }) => type)].join(" ");
    return invoke(windows, instance!, method!, given);
  },
  "Get-WindowsFeature": (windows, request, call) => windows.feature((call.about = nameOf(request))),
  "Install-WindowsFeature"(windows, request, call) {
    call.about = call.change = nameOf(request);
    return windows.installFeature(call.about);
  },
  "Get-NetFirewallRule": (windows, request, call) => ruleOf(windows, (call.about = nameOf(request))),
  "Get-NetFirewallPortFilter": (windows, request, call) => ruleOf(windows, (call.about = nameOf(request))),
  "Get-NetFirewallAddressFilter": (windows, request, call) => ruleOf(windows, (call.about = nameOf(request))),
  "Get-NetFirewallApplicationFilter": (windows, request, call) =>
    ruleOf(windows, (call.about = nameOf(request))),
  "Get-NetFirewallServiceFilter": (windows, request, call) => ruleOf(windows, (call.about = nameOf(request))),
  "Get-NetFirewallProfile": (windows, request, call) =>
    windows.allowsLocalRules?.((call.about = nameOf(request))) ?? true,
  "New-NetFirewallRule"(windows, { rule = {} }, call) {
    const name = [rule.Name].flat()[0] ?? "{6C2B3A9E-0000-4000-8000-000000000001}";
    call.about = name;
    if (windows.rule(name) !== undefined) {
      throw new CommandFailure("Windows System Error 183", "NotSpecified", "Schon da", {
        type: "CimException",
      });
    }
    call.change = `New-NetFirewallRule ${name}`;
    return putRule(windows, { ...newRule(name), ...given(rule), displayName: rule.DisplayName! });
  },
  "Set-NetFirewallRule": changeRule,
  "Enable-NetFirewallRule": changeRule,
  "Disable-NetFirewallRule": changeRule,
  "Get-ItemProperty"(windows, { path, name }, call) {
    call.about = `${path} ${[name ?? []].flat().join(" ")}`.trim();
    const values = keyOf(windows, path!, "GetItemProperty");
    const names = name ? [name].flat() : Object.keys(values);
    return names.map((wanted) => {
      const found = Object.keys(values).find((known) => known.toLowerCase() === wanted.toLowerCase());
      if (found === undefined) {
        throw noSuchValue("GetItemProperty");
      }
      return { name: found, value: values[found], kind: kindOf(values[found]) };
    });
  },
  "New-ItemProperty": writeValue,
  "Set-ItemProperty": writeValue,
  "Remove-ItemProperty"(windows, { path, name }, call) {
    call.about = nameOf({ command: "", name });
    if (!Object.hasOwn(keyOf(windows, path!, "RemoveItemProperty"), call.about)) {
      throw noSuchValue("RemoveItemProperty");
    }
    call.change = `Remove-ItemProperty ${call.about}`;
    windows.removeRegistryValue(path!, call.about);
  },
  "Test-Path": (windows, { path }, call) => windows.registryKey((call.about = path!)) !== undefined,
  "New-Item"(windows, { path, force }, call) {
    call.about = path;
    if (windows.registryKey(path!) !== undefined && force !== true) {
      throw new CommandFailure("System.IO.IOException,NewItem", "ResourceExists", "Schon da");
    }
    call.change = `New-Item ${path}`;
    windows.createRegistryKey(path!);
    return true;
  },
  "Get-Item"(windows, { path }, call) {
    call.about = path;
    keyOf(windows, path!, "GetItem");
    return true;
  },
  "RegistryKey.Flush"(_windows, _request, call) {
    call.change = "Flush";
  },
  "KeyPair.Open"(windows, { name, existing }, call) {
    call.about = [name].flat()[0];
    return windows.openKeyPair(call.about!, existing === true);
  },
  "KeyPair.Decrypt"(windows, { name, value, force }, call) {
    call.about = [name].flat()[0];
    if (force !== true) {
      throw new Error("the padding is not OAEP");
    }
    return windows.decrypt(call.about!, value as string);
  },
  "KeyPair.Remove"(windows, { name }, call) {
    call.about = [name].flat()[0];
    call.change = `KeyPair.Remove ${call.about}`;
    windows.removeKeyPair(call.about!);
  },
  "Get-WinEvent": (windows, { filter, maxEvents, oldest }, call) =>
    eventsOf(windows, filter as EventFilter, { maxEvents, oldest }, call),
  "Restart-Service"(windows, request, call) {
    call.about = nameOf(request);
    call.change = `Restart-Service ${call.about}`;
    windows.restartService(call.about);
  },
  "Get-Service": (_windows, request, call) =>
    (call.about = nameOf(request)) === "sppsvc" ? "Stopped" : missing(),
  "Clear-DnsClientCache"(_windows, _request, call) {
    call.change = "Clear-DnsClientCache";
  },
};

/** Answers one command, and records the call. @throws CommandFailure */
export function answerCommand(windows: Windows, request: Request, calls: Call[]): unknown {
  const call: Call = { command: request.command };
  calls.push(call);
  return commands[request.command](windows, request, call);
}

function missing(): never {
  throw new CommandFailure("NoServiceFoundForGivenName", "ObjectNotFound", "Kein solcher Dienst");
}

function ruleOf(windows: Windows, name: string): FirewallRule {
  const rule = windows.rule(name);
  if (rule === undefined) {
    throw new CommandFailure(
      "CmdletizationQuery_NotFound_InstanceID",
      "ObjectNotFound",
      "Keine solche Regel",
    );
  }
  return rule;
}

function changeRule(windows: Windows, { command, rule = {} }: Request, call: Call): void {
  call.about = [rule.Name].flat()[0]!;
  const before = ruleOf(windows, call.about);
  call.change = `${command} ${call.about}`;
  putRule(windows, { ...before, ...given(rule) });
}

function putRule(windows: Windows, rule: FirewallRule): FirewallRule {
  // Ports mean something to these two alone.
  if (!["TCP", "UDP"].includes(rule.protocol) && rule.localPort.some((port) => port !== "Any")) {
    throw new CommandFailure("HRESULT 0x80070057", "InvalidArgument", "Ports ohne Protokoll", {
      type: "CimException",
    });
  }
  windows.putRule(rule);
  return rule;
}

/** What New-NetFirewallRule takes where nothing is given. Source: learn.microsoft.com new-netfirewallrule. */
const newRule = (name: string): FirewallRule => ({
  name,
  displayName: "",
  enabled: true,
  direction: "Inbound",
  action: "Allow",
  profile: 0,
  protocol: "Any",
  localPort: ["Any"],
  remoteAddress: ["Any"],
  program: "Any",
  service: "Any",
});

const given = ({
  Enabled,
  Direction,
  Action,
  Profile,
  Protocol,
  LocalPort,
  RemoteAddress,
  Program,
  Service,
}: RuleParameters) => ({
  ...(Enabled !== undefined && { enabled: Enabled === "True" }),
  ...(Direction !== undefined && { direction: Direction }),
  ...(Action !== undefined && { action: Action }),
  ...(Profile !== undefined && { profile: Profile }),
  ...(Protocol !== undefined && {
    protocol: Protocol.toUpperCase() === "ANY" ? "Any" : Protocol.toUpperCase(),
  }),
  ...(LocalPort !== undefined && { localPort: [LocalPort].flat() }),
  ...(RemoteAddress !== undefined && { remoteAddress: [RemoteAddress].flat() }),
  ...(Program !== undefined && { program: Program }),
  ...(Service !== undefined && { service: Service }),
});

function keyOf(windows: Windows, path: string, command: string): Record<string, RegistryValue> {
  const values = windows.registryKey(path);
  if (values === undefined) {
    throw new CommandFailure(`PathNotFound,${command}`, "ObjectNotFound", "Kein solcher Schluessel");
  }
  return values;
}

const noSuchValue = (command: string) =>
  new CommandFailure(
    `System.Management.Automation.PSArgumentException,${command}`,
    "InvalidArgument",
    "Keine solche Eigenschaft",
    { hresult: 0x80070057 },
  );

const kindOf = (value: RegistryValue) =>
  Array.isArray(value) ? "MultiString" : typeof value === "number" ? "DWord" : "String";

function writeValue(windows: Windows, request: Request, call: Call): boolean {
  const { command, path, name, kind, value, force, given: type } = request;
  call.about = nameOf({ command, name });
  const values = keyOf(windows, path!, "NewItemProperty");
  if (Object.hasOwn(values, call.about) && force !== true) {
    throw new CommandFailure("System.IO.IOException,NewItemProperty", "ResourceExists", "Schon da");
  }
  call.change = `${command} ${kind} ${type}`;
  windows.setRegistryValue(
    path!,
    call.about,
    kind === "MultiString" ? [value as string | string[]].flat() : value!,
  );
  return true;
}

type EventFilter = Exclude<Request["filter"], string | undefined>;

/** The newest first. That there is none is an error. */
function eventsOf(
  windows: Windows,
  filter: EventFilter,
  { maxEvents, oldest }: Pick<Request, "maxEvents" | "oldest">,
  call: Call,
): object[] {
  call.about = String(filter.Id);
  const from = filter.StartTime === undefined ? 0 : Date.parse(filter.StartTime);
  const isMeant = (event: WindowsEvent) =>
    (filter.LogName === "Key Management Service" ||
      (filter.LogName === "Application" && filter.ProviderName === "Microsoft-Windows-Security-SPP")) &&
    (event.id === 12290) === (filter.LogName === "Key Management Service") &&
    event.id === filter.Id &&
    (event.time ?? Date.now()) >= from;
  const inOrder = windows.events().filter(isMeant);
  const found = oldest === true ? inOrder : inOrder.reverse();
  if (found.length === 0) {
    throw new CommandFailure("NoMatchingEventsFound", "ObjectNotFound", "Keine Ereignisse");
  }
  return found
    .slice(0, maxEvents === 0 ? undefined : maxEvents)
    .map(({ id, values, time = Date.now() }) => ({ id, values, time: new Date(time).toISOString() }));
}
