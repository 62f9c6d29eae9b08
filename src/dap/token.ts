import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a launch brings the token that is asked for; without one, any launch does. Takes as long for any wrong token. */
export function tokenFits(wanted: string | undefined, given: unknown): boolean {
  if (wanted === undefined) return true;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(wanted), digest(typeof given === 'string' ? given : ''));
}
