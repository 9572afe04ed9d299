import { featurePermissions } from "../../provider/catalog/permissions";
import type { Role } from "../../provider/lab/arm/authorization";

/** What a run does with its program: `first preview` is one of a program whose resources are all new. */
export type AllowedCommand = "first preview" | "preview" | "refresh" | "up";

/** Features whose actions a refresh needs besides those that read: machines are asked by a script. */
const askedByScript = ["runCommands", "scaleSetMembers", "scaleSetExtension"];

const scriptActions = new Set(
  featurePermissions
    .filter(({ feature }) => askedByScript.includes(feature))
    .flatMap(({ actions }) => actions),
);

/** What `docs/permissions.md` says that each command needs of the actions of a role. */
const needs: Record<AllowedCommand, (action: string) => boolean> = {
  "first preview": () => false,
  preview: (action) => action.endsWith("/read"),
  refresh: (action) => action.endsWith("/read") || scriptActions.has(action),
  up: () => true,
};

/** The roles, with those of their actions alone that the command needs. */
export const rolesFor = (command: AllowedCommand, roles: readonly Role[]): Role[] =>
  roles.map((role) => ({ ...role, Actions: role.Actions.filter(needs[command]) }));
