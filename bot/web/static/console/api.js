// The console's API: JSON there and back; a refusal is an Error with the server's sentence.

const ROOT = "/console/api";

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(ROOT + path, options);
  } catch {
    throw new Error("The bot cannot be reached. Is it still running?");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.message ?? `The bot answered ${response.status}.`);
  return body;
}

/** Every hosted bot, and the customers who may be spoken as. */
export const bots = () => call("/bots");

/** Run one turn; resolves to everything about it, a turn that Lex refused included. */
export const say = (turn) =>
  call("/turns", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(turn),
  });

/** Everything about a turn of any session. */
export const turn = (requestId) => call(`/turns/${encodeURIComponent(requestId)}`);

/** Why each candidate of a turn scored as it did. */
export const evidence = (requestId) => call(`/turns/${encodeURIComponent(requestId)}/evidence`);

/** Turns of all sessions behind number `after`, and the number to ask from next. */
export const feed = (after) => call(`/turns?after=${after}`);

/** Where the conversation file of a session is. */
export function exportAddress(address, customer) {
  const asked = new URLSearchParams(address);
  if (customer) asked.set("customer", customer);
  return `${ROOT}/conversation?${asked}`;
}
