import { newKey } from '@kumiko/api-client';

/** The attempts to create one account. They share one `Idempotency-Key`, so a retry after a lost answer doesn't create a second account. */
export class Attempt {
  private body = '';
  private key = '';

  /** The key for this account: the same as before unless its data changed. */
  keyFor(account: object): string {
    const body = JSON.stringify(account);
    if (body !== this.body) {
      this.body = body;
      this.key = newKey();
    }
    return this.key;
  }
}
