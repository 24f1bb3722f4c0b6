"""Teller's pages: plain HTML, CSS and JavaScript modules, with nothing to build."""

from bot.web.pages import page_routes

__all__ = ["page_routes"]
