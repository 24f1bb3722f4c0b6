"""`GET /chat/stream`: a conversation over one WebSocket, and what the bank says of its own accord.

`line` decides (values in, values out), `journal` keeps, `talk` speaks with Lex and the inbox, and
two thin edges carry frames: `socket` for a server of our own, `gateway` for API Gateway.
"""
