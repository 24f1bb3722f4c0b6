// The channel API, as promises. Every failure is an ApiError with words fit to show.

import { locale, refusal, words } from "./language.js";

const ANSWER_WITHIN_MS = 45_000;

export class ApiError extends Error {
  constructor({ status = 0, code, message, retryable = false }) {
    super(refusal(code, message));
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.retryable = retryable;
  }

  /** The access token is no longer good. */
  get signedOut() {
    return this.status === 401;
  }
}

export const noConnection = () =>
  new ApiError({
    code: "offline",
    message: words("noConnection"),
    retryable: true,
  });

const strangeAnswer = (status) =>
  new ApiError({
    status,
    code: "strange_answer",
    message: words("strangeAnswer"),
    retryable: true,
  });

async function call(method, path, { body, token } = {}) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  let answer = null;
  try {
    response = await fetch(`/chat/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    answer = text ? JSON.parse(text) : null;
  } catch (failure) {
    throw failure instanceof SyntaxError ? strangeAnswer(response.status) : noConnection();
  }
  if (response.ok) return answer;
  if (!answer?.error?.message) throw strangeAnswer(response.status);
  throw new ApiError({ status: response.status, ...answer.error });
}

let asked = null;

/** What a demonstration offers: {customers: [{id, name, description}], phone}, or null. */
export async function demo() {
  asked ??= call("GET", "customers");
  try {
    return await asked;
  } catch (failure) {
    if (failure.status === 404) return null;
    asked = null;
    throw failure;
  }
}

/** A session for a demo customer; null opens an anonymous one. */
export function signIn(customer) {
  return call("POST", "sign-in", { body: customer === null ? { anonymous: true } : { customer } });
}

/** A session for whoever an ID token of the bank's identity provider names. */
export function signInWithToken(idToken) {
  return call("POST", "sign-in", { body: { id_token: idToken } });
}

export function signOut(token) {
  return call("POST", "sign-out", { token });
}

/** A fresh Lex session for the same person. */
export function startOver(token) {
  return call("POST", "sessions", { token });
}

/** One turn, in the language `spoken`: {messages, intent, state, session_id}. */
export function say(token, text, spoken = locale()) {
  return call("POST", "messages", { token, body: { text, locale: spoken } });
}
