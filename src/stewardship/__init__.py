"""Software with which an integrated care system looks after a million people as one."""

__version__ = "0.1.0"
