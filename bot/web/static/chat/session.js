// What this tab remembers, so that a reload does not end the conversation. Nothing outlives the
// tab, the session's hour, or a sign-out.

const KEY = "teller.session";
const MOST_ENTRIES = 200;

/** A session from the channel's sign-in answer. */
export function openSession({ access_token: token, expires_in: seconds, customer }) {
  return { token, customer, expiresAt: Date.now() + seconds * 1000, entries: [] };
}

/** Keep the session with the conversation so far. */
export function keep(session) {
  session.entries = session.entries.slice(-MOST_ENTRIES);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    // Storage is blocked or full: the chat goes on, and a reload will begin anew.
  }
}

/** The kept session while it is still good, else null. */
export function kept() {
  try {
    const session = JSON.parse(sessionStorage.getItem(KEY));
    return session?.token && session.expiresAt > Date.now() ? session : null;
  } catch {
    return null;
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept then.
  }
}
