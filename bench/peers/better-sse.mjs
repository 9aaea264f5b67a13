// better-sse as its documentation shows it: a session for each request, a channel for all.
import { createServer } from "node:http";
import { createChannel, createSession } from "better-sse";

const channel = createChannel();

createServer(async (request, response) => {
  if (request.method === "GET" && request.url.startsWith("/sub")) {
    channel.register(await createSession(request, response));
    return;
  }
  if (request.method !== "POST") {
    response.writeHead(404).end();
    return;
  }
  let body = "";
  for await (const part of request) body += part;
  channel.broadcast(JSON.parse(body));
  response.writeHead(204).end();
}).listen(Number(process.argv[2]), "127.0.0.1", 4096);
