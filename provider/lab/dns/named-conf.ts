/** A zone of a server. */
export interface BindZone {
  name: string;
  /** Its `update-policy` or `allow-update` statement. */
  access: string;
  /** Records besides those every zone has. @default - none */
  records?: string[];
}

/** What BIND is configured with. */
export interface BindSettings {
  /** Folder of its files. */
  folder: string;
  port: number;
  zones: BindZone[];
  /** Key statements: `key "NAME" { … };`. */
  keys: string;
}

/** Name of a zone's file in the folder. */
export const zoneFileName = ({ name }: BindZone) => `${name}.zone`;

/** BIND's configuration: authoritative for its zones on loopback, and nothing besides. */
export function namedConf({ folder, port, zones, keys }: BindSettings): string {
  const zoneStatements = zones.map(
    (zone) => `zone "${zone.name}" { type primary; file "${zoneFileName(zone)}"; ${zone.access} };`,
  );
  return `${keys}
options {
  directory "${folder}";
  pid-file "named.pid";
  session-keyfile "session.key";
  managed-keys-directory "${folder}";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  dnssec-validation no;
  notify no;
  empty-zones-enable no;
};
controls { };
${zoneStatements.join("\n")}
`;
}

/** A zone's file as BIND first loads it. */
export const zoneFile = ({ name, records = [] }: BindZone) => `$TTL 300
$ORIGIN ${name}.
@ IN SOA ns hostmaster 1 3600 600 86400 300
@ IN NS ns
ns IN A 127.0.0.1
${records.join("\n")}
`;
