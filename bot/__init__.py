"""A quiet Telegram bot for small good moments."""

__version__ = "0.1.0"
