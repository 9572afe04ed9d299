import * as pulumi from "@pulumi/pulumi";

/** Name that Pulumi gives where the backend has no organizations. Source: pulumi.getOrganization. */
export const withoutOrganizations = "organization";

/** The organization of the stack. Unit tests with `pulumi.runtime.setMocks` mostly name none, and Pulumi then refuses to tell it. */
export function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return withoutOrganizations;
  }
}
