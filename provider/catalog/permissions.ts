import data from "./data/permissions.json";

/** The actions of Azure that one feature needs. */
export interface FeaturePermissions {
  feature: string;
  /** What the feature is. */
  purpose: string;
  /** Types of Pulumi resources that need the actions. */
  declaredAs?: string[];
  actions: string[];
  /** Actions on data inside a resource. */
  dataActions?: string[];
  /** Microsoft's lists of actions, and what they leave out. */
  sources: string[];
}

/** The actions that each feature needs. */
export const featurePermissions = data as readonly FeaturePermissions[];

/** A feature that is used in a subscription. */
export interface FeatureUse {
  feature: string;
  subscriptionId: string;
}

/** A custom role as `az role definition create` takes it. */
export interface CustomRole {
  Name: string;
  IsCustom: true;
  Description: string;
  Actions: string[];
  NotActions: string[];
  DataActions: string[];
  NotDataActions: string[];
  AssignableScopes: string[];
}

/**
 * The custom roles that allow these features and nothing else, one for each subscription.
 * Source: learn.microsoft.com/azure/role-based-access-control/role-definitions
 */
export function customRoles(uses: readonly FeatureUse[]): CustomRole[] {
  const features = new Map<string, Set<string>>();
  for (const { feature, subscriptionId } of uses) {
    const id = subscriptionId.toLowerCase();
    features.set(id, (features.get(id) ?? new Set()).add(feature));
  }
  return [...features]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([subscriptionId, used]) => {
      const rows = featurePermissions.filter(({ feature }) => used.has(feature));
      return {
        // Names of custom roles are unique in a tenant.
        Name: `pulumi-windows-kms ${subscriptionId}`,
        IsCustom: true,
        Description: `What pulumi-windows-kms does: ${rows.map(({ feature }) => feature).join(", ")}.`,
        Actions: sorted(rows.flatMap(({ actions }) => actions)),
        NotActions: [],
        DataActions: sorted(rows.flatMap(({ dataActions = [] }) => dataActions)),
        NotDataActions: [],
        AssignableScopes: [`/subscriptions/${subscriptionId}`],
      };
    });
}

const sorted = (actions: string[]) => [...new Set(actions)].sort();
