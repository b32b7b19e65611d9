import { newKey } from '@kumiko/api-client';

/** The attempts at one account, which share one `Idempotency-Key`: whoever tries again after a lost answer makes no second account. */
export class Attempt {
  private body = '';
  private key = '';

  /** The key for this account: the same as before unless something of it was changed. */
  keyFor(account: object): string {
    const body = JSON.stringify(account);
    if (body !== this.body) {
      this.body = body;
      this.key = newKey();
    }
    return this.key;
  }
}
