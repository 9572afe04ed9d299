import rows from "./resource-types.json";

/** A path in a body that holds IDs of other resources. */
export interface ResourceReference {
  path: string;
  /** Type of the resources that are named. */
  type: string;
  /** Azure's error code when a request deletes the named resource; undefined where that is allowed. */
  inUse?: string;
  /** Action that a request needs on the named resource. */
  linkedAction?: string;
}

/** What the lab knows of a resource type; the schema beside the data says more. */
export interface ResourceType {
  type: string;
  apiVersions: string[];
  location?: "region" | "global";
  required?: string[];
  references?: ResourceReference[];
  embedded?: { property: string; type: string }[];
  holdsParent?: string;
  hidden?: string[];
  asynchronous?: boolean;
  etag?: "weak" | "plain";
  source: string;
}

/** All types of the lab. */
export const resourceTypes = rows as ResourceType[];

const types = new Map(resourceTypes.map((row) => [row.type.toLowerCase(), row]));

/** The type of that name, without regard to case; undefined when the lab has none. */
export const findResourceType = (type: string) => types.get(type.toLowerCase());
