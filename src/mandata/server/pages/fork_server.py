"""The process from which the workers that make pages are forked: apart, so that no query waits for it."""

from mandata.server.fork_server import serve
from mandata.server.pages.worker import work

if __name__ == "__main__":
    serve(work)
