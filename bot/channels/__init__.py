import os

# python-telegram-bot reads it whenever it hands out a span of time: timedelta, not seconds with a warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")
