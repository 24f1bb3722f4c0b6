// The stream: one WebSocket on which the customer speaks and the bank pushes. It comes back by
// itself when the connection is lost, and asks for what it missed: numbers tell what that is.

import { ApiError, noConnection } from "./api.js";

const ANSWER_WITHIN_MS = 45_000;
const PING_EVERY_MS = 45_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const SIGNED_OUT = 4401;
const TOO_MANY = 4429;

/**
 * `session` has the token and `number`, the last frame that was shown. `onNews({at, messages})`
 * shows what the bank says of its own accord, `onTyping()` that an answer is on its way,
 * `onNumber(number)` keeps what was shown, `onSignedOut()` ends the session.
 */
export function openStream(session, { onNews, onTyping, onNumber, onSignedOut }) {
  const waiting = new Map(); // id -> {said, resolve, reject, timer}
  let socket = null;
  let ready = false;
  let closed = false;
  let retryMs = FIRST_RETRY_MS;
  let retry = null;
  let shown = session.number ?? null;

  function send(frame) {
    socket.send(JSON.stringify(frame));
  }

  function settle(id) {
    const one = waiting.get(id);
    if (one) clearTimeout(one.timer);
    waiting.delete(id);
    return one;
  }

  function show(frame) {
    shown = frame.number;
    onNumber(shown);
    if (frame.type === "news") {
      onNews(frame);
      send({ type: "seen", number: frame.number });
    } else {
      const one = settle(frame.id);
      // An answer that nobody here waits for belongs to a question asked before a reload.
      if (one) one.resolve(frame);
      else onNews({ at: Date.now(), messages: frame.messages });
    }
  }

  const take = {
    ready({ after }) {
      shown = after;
      ready = true;
      retryMs = FIRST_RETRY_MS;
      onNumber(shown);
      // Said once, however often it is sent: the id is the same.
      for (const { said } of waiting.values()) send(said);
    },
    typing: () => onTyping(),
    reply: numbered,
    news: numbered,
    error({ id, ...error }) {
      settle(id)?.reject(new ApiError(error));
    },
    // API Gateway closes with a code of its own: the bank's comes before.
    closed({ code }) {
      socket.close(1000);
      socket = null;
      lost(code);
    },
    pong() {},
  };

  function numbered(frame) {
    if (frame.number <= shown) return;
    if (frame.number > shown + 1) send({ type: "resume", after: shown });
    else show(frame);
  }

  function connect() {
    const address = new URL("/chat/stream", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const mine = new WebSocket(address, "teller.v1");
    socket = mine;
    mine.addEventListener("open", () => send({ type: "hello", token: session.token, after: shown }));
    mine.addEventListener("message", ({ data }) => {
      if (mine === socket && !closed) take[JSON.parse(data).type]?.(JSON.parse(data));
    });
    mine.addEventListener("close", ({ code }) => {
      if (mine === socket && !closed) lost(code);
    });
  }

  function lost(code) {
    ready = false;
    if (code === SIGNED_OUT) {
      close();
      onSignedOut();
      return;
    }
    // Not all at the same moment: many clients lose the same server.
    const wait = (code === TOO_MANY ? LONGEST_RETRY_MS : retryMs) * (0.75 + Math.random() / 2);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    retry = setTimeout(connect, wait);
  }

  function close() {
    closed = true;
    clearTimeout(retry);
    clearInterval(pings);
    removeEventListener("online", comeBack);
    for (const id of [...waiting.keys()]) settle(id).reject(noConnection());
    socket?.close(1000);
  }

  function comeBack() {
    if (ready || closed || socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(retry);
    connect();
  }

  const pings = setInterval(() => ready && send({ type: "ping" }), PING_EVERY_MS);
  addEventListener("online", comeBack);
  connect();

  return {
    /** Whether one can speak on it now; where not, HTTP will do. */
    get isOpen() {
      return ready;
    },
    /** One turn, in the language `locale`, as `say` of the HTTP API. */
    say(text, locale) {
      const id = crypto.randomUUID();
      const said = { type: "say", id, text, locale };
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => settle(id)?.reject(noConnection()), ANSWER_WITHIN_MS);
        waiting.set(id, { said, resolve, reject, timer });
        send(said);
      });
    },
    close,
  };
}
