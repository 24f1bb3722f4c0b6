"""The stream on a server of our own: a Starlette WebSocket to calls of `Talk`, and back."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.channels.rates import Bucket, Rate, Rates, spend
from bot.channels.stream.closing import Close, StreamClosedError
from bot.channels.stream.frames import (
    SUBPROTOCOL,
    Hello,
    Ping,
    Pong,
    Ready,
    Resume,
    Say,
    Seen,
    Typing,
    read_frame,
    written,
)
from bot.channels.stream.hub import Hub, Listener
from bot.channels.stream.talk import Talk
from bot.channels.tokens import Grant

_LOG = logging.getLogger("teller.channel")
_HELLO_WITHIN_S = 10.0
_TAKEN_WITHIN_S = 15.0
"""A client that takes nothing for so long is gone: its line waits for it to come back."""
_LOOK_UP_S = 30.0
"""How often an idle connection is held against its session's end."""
_FRAMES = Rate(per_minute=300, burst=60)
"""What one connection may send of everything."""
_Answer = TypeVar("_Answer")


class StreamSocket:
    """The endpoint. What a client is sent next is read from the line when it took the last: a slow
    client costs no memory.
    """

    def __init__(
        self, talk: Talk, hub: Hub, rates: Rates, per_address: Rate, limiter: CapacityLimiter
    ) -> None:
        self._talk = talk
        self._hub = hub
        self._rates = rates
        self._per_address = per_address
        self._limiter = limiter
        self._turns: set[asyncio.Task[None]] = set()

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one connection until either side ends it."""
        offered = websocket.scope.get("subprotocols", ())
        await websocket.accept(subprotocol=SUBPROTOCOL if SUBPROTOCOL in offered else None)
        try:
            await self._serve(websocket)
            return
        except StreamClosedError as closed:
            code = closed.code
        except WebSocketDisconnect:
            return
        except Exception as error:
            # The type alone: an exception's text may hold what the customer wrote.
            _LOG.error("stream failed: %s", type(error).__name__)
            code = Close.FAULT
        if websocket.application_state is WebSocketState.CONNECTED:
            await websocket.close(code)

    async def _serve(self, websocket: WebSocket) -> None:
        address = websocket.client.host if websocket.client else ""
        if self._rates.wait(f"address {address}", self._per_address):
            raise StreamClosedError(Close.TOO_MANY)
        hello = await self._hello(websocket)
        grant, after = await self._threaded(self._talk.enter, hello)
        listener = Listener(grant, after, await self._threaded(self._talk.listener, grant))
        self._hub.join(listener)
        listener.post(Ready(after=after))
        # What was put on the line while this client came in.
        listener.wake()
        both = [
            asyncio.ensure_future(self._hear(websocket, listener)),
            asyncio.ensure_future(self._tell(websocket, listener)),
        ]
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            self._hub.leave(listener)
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _hello(self, websocket: WebSocket) -> Hello:
        try:
            async with asyncio.timeout(_HELLO_WITHIN_S):
                frame = read_frame(await _received(websocket))
        except TimeoutError:
            raise StreamClosedError(Close.SILENT) from None
        if not isinstance(frame, Hello):
            raise StreamClosedError(Close.SIGNED_OUT)
        return frame

    async def _hear(self, websocket: WebSocket, listener: Listener) -> None:
        """What the client sends, one frame after the other."""
        bucket: Bucket | None = None
        while True:
            frame = read_frame(await _received(websocket))
            bucket, wait = spend(bucket, _FRAMES, time.monotonic())
            if wait:
                raise StreamClosedError(Close.TOO_MANY)
            match frame:
                case Say():
                    self._begin_turn(listener, frame)
                case Seen():
                    await self._threaded(self._talk.seen, listener.grant, frame.number)
                case Resume():
                    listener.sent = min(frame.after, listener.sent)
                    listener.wake()
                case Ping():
                    listener.post(Pong())
                case Hello():
                    raise StreamClosedError(Close.BAD_FRAME)

    async def _tell(self, websocket: WebSocket, listener: Listener) -> None:
        """What the client is sent, as fast as it takes it."""
        while True:
            if await listener.woken(_LOOK_UP_S):
                await self._threaded(self._talk.look, listener.grant)
            for frame in listener.beside():
                await _send(websocket, written(frame))
            for one in await self._threaded(self._talk.frames, listener.grant, listener.sent):
                await _send(websocket, one.as_json())
                listener.sent = one.number

    def _begin_turn(self, listener: Listener, said: Say) -> None:
        """A turn goes on when its connection is lost: its answer waits on the line."""
        task = asyncio.ensure_future(self._turn(listener, said))
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)

    async def _turn(self, listener: Listener, said: Say) -> None:
        loop = asyncio.get_running_loop()

        def typing() -> None:
            loop.call_soon_threadsafe(listener.post, Typing(id=said.id))

        try:
            refusal = await self._threaded(self._talk.answer, listener.grant, said, typing)
        except StreamClosedError as closed:
            listener.close(closed.code)
            return
        except Exception as error:
            _LOG.error("turn failed: %s", type(error).__name__)
            listener.close(Close.FAULT)
            return
        if refusal is not None:
            listener.post(refusal)
        self._hub.wake(listener.grant.session_id)
        if listener.grant.customer_id is None:
            await self._recognise(listener.grant)

    async def _recognise(self, grant: Grant) -> None:
        """Nobody signed in, and the turn may have verified somebody. The answer is out already."""
        try:
            await self._threaded(self._talk.look, grant)
            customer = await self._threaded(self._talk.listener, grant)
            if self._hub.known(grant.session_id, customer):
                # What rang between that look and now rang for nobody.
                await self._threaded(self._talk.look, grant)
        except Exception as error:
            # The next turn looks again, and tells the news as well.
            _LOG.error("speaker not recognised: %s", type(error).__name__)
        self._hub.wake(grant.session_id)

    async def _threaded(self, call: Callable[..., _Answer], *arguments: object) -> _Answer:
        return await to_thread.run_sync(call, *arguments, limiter=self._limiter)


async def _received(websocket: WebSocket) -> str | bytes | None:
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    text: str | None = message.get("text")
    return text


async def _send(websocket: WebSocket, text: str) -> None:
    try:
        async with asyncio.timeout(_TAKEN_WITHIN_S):
            await websocket.send_text(text)
    except TimeoutError:
        raise StreamClosedError(Close.SILENT) from None
