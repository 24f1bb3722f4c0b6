// The customer's page: who is signed in, and which of the two screens is shown.

import { byId, initials } from "../shared/dom.js";
import { wireThemeToggle } from "../shared/theme.js";
import * as api from "./api.js";
import { createConversation } from "./conversation.js";
import { wireEmbedding } from "./embedded.js";
import { onLanguage, wireLanguage, words } from "./language.js";
import { watchPhone } from "./phone.js";
import { forget, keep, kept, openSession } from "./session.js";
import { createWelcome } from "./welcome.js";

let session = null;
let expiry = null;

function announce(words) {
  byId("announcer").textContent = words;
}

const welcome = createWelcome(async (customer) => enter(openSession(await api.signIn(customer))));
const conversation = createConversation({ onSignedOut: leave, announce });

function showWho(customer) {
  byId("who").hidden = !customer;
  byId("who-name").textContent = customer?.name ?? "";
  byId("who-face").textContent = customer ? initials(customer.name) : "";
  byId("new-chat").hidden = !session;
  byId("sign-out").hidden = !session || !customer;
  byId("sign-in").hidden = !session || Boolean(customer);
}

function enter(next) {
  session = next;
  keep(session);
  clearTimeout(expiry);
  expiry = setTimeout(() => leave(words("over")), session.expiresAt - Date.now());
  showWho(session.customer);
  welcome.hide();
  conversation.show(session);
}

function leave(message = null) {
  session = null;
  clearTimeout(expiry);
  forget();
  showWho(null);
  conversation.hide();
  welcome.show({ message, focus: true });
}

async function signOut() {
  const { token } = session;
  leave();
  try {
    await api.signOut(token);
  } catch {
    // It may have ended already; if not, it ends by itself within the hour.
  }
}

async function newChat() {
  const button = byId("new-chat");
  button.disabled = true;
  try {
    enter(openSession(await api.startOver(session.token)));
    announce(words("newChat"));
  } catch (failure) {
    if (failure.signedOut) leave(failure.message);
    else conversation.tell(failure.message);
  } finally {
    button.disabled = false;
  }
}

const themeWords = (other) => words(other === "dark" ? "toDark" : "toLight");
onLanguage(wireThemeToggle(byId("theme"), themeWords));
byId("sign-out").addEventListener("click", signOut);
byId("sign-in").addEventListener("click", signOut);
byId("new-chat").addEventListener("click", newChat);

wireLanguage(byId("language"));
watchPhone();
wireEmbedding(async (idToken) => {
  try {
    enter(openSession(await api.signInWithToken(idToken)));
  } catch (failure) {
    leave(failure.message);
  }
});

const earlier = kept();
if (earlier) enter(earlier);
else welcome.show();
