export const subscriptionId = "11111111-1111-4111-8111-111111111111";
export const tenantId = "22222222-2222-4222-8222-222222222222";

/** Path of a resource group. */
export const groupPath = (name: string) => `/subscriptions/${subscriptionId}/resourceGroups/${name}`;

/** ID of a resource in the group `rg`. */
export const idOf = (path: string) => `${groupPath("rg")}/providers/${path}`;

/** What assert.rejects compares of a refusal by Azure. */
export const refusal = (statusCode: number, code: string) => ({ statusCode, code });
