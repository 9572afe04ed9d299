/** An action that the signed-in principal may not perform, and where. */
export interface DeniedAction {
  action: string;
  scope: string;
}

/**
 * The action that Azure's refusal names; of a refusal about a linked resource, that resource's.
 * Texts of AuthorizationFailed and LinkedAuthorizationFailed: MicrosoftDocs/azure-docs#31800, pivotal-cf/terraforming-azure#71,
 * Azure/Community-Policy#451.
 */
export function deniedAction(error: unknown): DeniedAction | undefined {
  const words = error instanceof Error ? error.message : String(error);
  const [, action, scope] = [...words.matchAll(denial)].at(-1) ?? [];
  return action === undefined ? undefined : { action, scope };
}

const denial = /perform action(?:\(s\))? '([^']+)' (?:over|on|at)(?: the linked)? scope(?:\(s\))? '([^']+)'/g;
