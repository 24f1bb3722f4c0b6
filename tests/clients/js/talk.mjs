// Speaks to a Lex Runtime endpoint by AWS's own SDK: `node talk.mjs ENDPOINT BOT_ID`. Prints JSON.
import { gunzipSync } from "node:zlib";
import {
  DeleteSessionCommand,
  GetSessionCommand,
  LexRuntimeV2Client,
  PutSessionCommand,
  RecognizeTextCommand,
  RecognizeUtteranceCommand,
} from "@aws-sdk/client-lex-runtime-v2";

const [endpoint, botId] = process.argv.slice(2);
const client = new LexRuntimeV2Client({
  endpoint,
  region: "eu-west-1",
  credentials: { accessKeyId: "anything", secretAccessKey: "goes" },
  maxAttempts: 1,
});
const where = { botId, botAliasId: "TSTALIASID", localeId: "en_US" };
const unpacked = (header) => JSON.parse(gunzipSync(Buffer.from(header, "base64")).toString());

const said = [];
for (const text of ["can I get a cappuccino", "small", "yes"]) {
  const answer = await client.send(new RecognizeTextCommand({ ...where, sessionId: "by-js", text }));
  said.push(answer.messages[0].content);
}

const state = {
  sessionAttributes: { seat: "4" },
  intent: { name: "OrderCoffee" },
  dialogAction: { type: "ElicitSlot", slotToElicit: "drink" },
};
const put = await client.send(
  new PutSessionCommand({ ...where, sessionId: "kept-js", sessionState: state }),
);
const got = await client.send(new GetSessionCommand({ ...where, sessionId: "kept-js" }));
const deleted = await client.send(new DeleteSessionCommand({ ...where, sessionId: "kept-js" }));

const uttered = await client.send(
  new RecognizeUtteranceCommand({
    ...where,
    sessionId: "typed-js",
    requestContentType: "text/plain; charset=utf-8",
    responseContentType: "text/plain; charset=utf-8",
    inputStream: Buffer.from("can I get a cappuccino"),
  }),
);

const refused = [];
for (const command of [
  new GetSessionCommand({ ...where, sessionId: "kept-js" }),
  new RecognizeTextCommand({ ...where, sessionId: "x1", text: "hi", sessionState: { intent: { name: "Tea" } } }),
  new RecognizeTextCommand({ ...where, botId: "NOSUCHBOT0", sessionId: "x1", text: "hi" }),
]) {
  await client.send(command).catch((error) => refused.push([error.name, error.$metadata.httpStatusCode]));
}

process.stdout.write(
  JSON.stringify({
    said,
    put: unpacked(put.sessionState).sessionAttributes,
    asked: got.sessionState.dialogAction,
    deleted: deleted.sessionId,
    uttered: unpacked(uttered.messages)[0].content,
    refused,
  }),
);
