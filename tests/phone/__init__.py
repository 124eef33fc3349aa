"""The phone as a test meets it: a process and its control socket.

Relies on docs/interface.md and on nothing else.
"""
