FROM python:3.12-slim

# The key lies apart from the data: two volumes, so that a copy of one is not a copy of both.
RUN useradd --system --uid 10001 --no-create-home --home-dir /app glimmers \
    && install -d -m 0700 -o glimmers /data /key

WORKDIR /app
COPY requirements.lock LICENSE ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY scheduler scheduler
COPY storage storage
RUN python -m compileall -q bot scheduler storage

USER glimmers
ENV PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/glimmers.db \
    GLIMMERS_KEY_FILE=/key/key
VOLUME ["/data", "/key"]
CMD ["python", "-m", "bot", "run"]
