import { ArmError } from "./arm-error";
import { textOf, valuesAt, type JsonObject } from "./json";
import type { ResourceType } from "./resource-types";

/** @throws ArmError 400 when the body lacks something that every resource of its type has */
export function checkRequired(type: ResourceType, name: string, body: JsonObject): void {
  checkLocation(type, name, textOf(body.location));
  for (const path of type.required ?? []) {
    if (valuesAt(body, path).length === 0) {
      const property = path.slice(path.lastIndexOf(".") + 1);
      throw new ArmError(
        400,
        type.type.startsWith("Microsoft.Compute") ? "InvalidParameter" : "InvalidRequestFormat",
        `Required parameter '${property}' is missing (null).`,
        path,
      );
    }
  }
}

function checkLocation(type: ResourceType, name: string, location: string | undefined): void {
  if (type.location === undefined) {
    return;
  }
  if (location === undefined || location === "") {
    throw new ArmError(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
      "location",
    );
  }
  if (type.location === "global" && location.toLowerCase() !== "global") {
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${location}' is not available for resource type '${type.type}' (resource '${name}'). List of available regions for the resource type is 'global'.`,
      "location",
    );
  }
}
