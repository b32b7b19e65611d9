import { SignInClient } from '../generated';
import { ProblemError } from '../problem';
import { withLock } from './lock';
import type { SharedSession } from './SharedSession';
import type { Tokens } from './Tabs';

/** Renews the access token: once, however many calls in however many tabs find it expired. */
export class AccessTokens {
  private refreshing: Promise<Tokens | null> | null = null;

  constructor(
    private readonly shared: SharedSession,
    private readonly client: SignInClient,
  ) {}

  /** The access token, renewed if it is about to expire; null if nobody is signed in. */
  async current(): Promise<Tokens | null> {
    const { tokens, fresh, mayResume } = this.shared;
    return fresh ?? (tokens !== null || mayResume ? this.refresh(tokens) : null);
  }

  /** Gets new tokens, once for all concurrent callers; null when the session is over. */
  refresh(spent: Tokens | null): Promise<Tokens | null> {
    this.refreshing ??= withLock(() => this.replace(spent)).finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async replace(spent: Tokens | null): Promise<Tokens | null> {
    const { tokens, ends } = this.shared;
    // Another tab or another call may have been faster.
    if (tokens !== null && tokens.accessToken !== spent?.accessToken) {
      return tokens;
    }
    try {
      const answer = await this.client.refreshTokens();
      // A person who has signed out in the meantime stays signed out.
      return ends === this.shared.ends ? this.shared.take(answer) : null;
    } catch (error) {
      if (!(error instanceof ProblemError) || (error.status !== 401 && error.status !== 400)) {
        throw error;
      }
      if (ends === this.shared.ends && this.shared.tokens?.accessToken === spent?.accessToken) {
        // Where storage is forbidden, the server is asked for every visitor, and there may never have been a session.
        this.shared.wasEnded = spent !== null || this.shared.isRemembered;
        this.shared.end(null);
      }
      return null;
    }
  }
}
