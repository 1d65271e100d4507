"""The stand-in server: answers a spec over HTTP with its own decoders and encoders."""

from specwright.server.inprocess import running

__all__ = ["running"]
