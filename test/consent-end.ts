const days = 30;

/** An end that a consent may have today, ISO 8601 date. */
export const consentEnd = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
