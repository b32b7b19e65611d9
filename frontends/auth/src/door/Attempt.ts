/** The attempts at one account, which share one `Idempotency-Key`: whoever tries again after a lost answer makes no second account. */
export class Attempt {
  private body = '';
  private key = '';

  /** The key for this account: the same as before unless something of it was changed. */
  keyFor(account: object): string {
    const body = JSON.stringify(account);
    if (body !== this.body) {
      this.body = body;
      // Not randomUUID, which a page without TLS does not have.
      this.key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
    }
    return this.key;
  }
}
