/** The person chose not to prove who they are, so there is nothing to report to them. */
export class NotProved extends Error {}
